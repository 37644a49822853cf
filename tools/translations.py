"""Catalogues of translations: gathers every sentence of the sources, and brings each catalogue up to date.

`python -m tools.translations` does it. It needs Babel, which only those who develop need. The program has a catalogue,
and so has each exchange beside its table: where a table grows, its own catalogue grows and no other.
"""

import inspect
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po
from jinja2.ext import babel_extract

from auditor.cli.commands.listings import parts
from auditor.demo import account
from auditor.demo.okx.clearing import clearing_steps
from auditor.exchanges.registry import UNIFIED, all_ids, load
from auditor.exchanges.unified import spec as facts
from auditor.i18n.catalogues import EXCHANGES, PROGRAM, catalogue_files, parse
from auditor.i18n.languages import CATALOGUES
from auditor.i18n.vocabulary import WORDS
from auditor.model.records import Area
from auditor.rules import all_rules
from auditor.settings.exchange_checks import known
from auditor.settings.exchange_facts import ExchangeConfig, exchange_config, known_exchanges
from auditor.spec.exchange import Exchange

SOURCES = Path(__file__).resolve().parent.parent / "auditor"
KEYWORDS = {"_": None, "mark": None}
# One date for all catalogues: what is made of the same sentences is the same.
MADE = datetime(2026, 1, 1, tzinfo=UTC)
PROJECT = "exchange-closure-audit"
HEADER = f"# Translations of {PROJECT}. Written by tools/translations.py but for msgstr."


@dataclass(frozen=True, slots=True)
class Scope:
    """What one language's catalogue in ``folder`` is made of."""

    folder: Path
    sentences: frozenset[str]

    def path(self, locale: str) -> Path:
        """Return the catalogue of a language."""
        return self.folder / f"{locale}.po"


def scopes() -> Iterator[Scope]:
    """Yield the program's scope, that of the unified reader, then one for each exchange with words of its own."""
    yield Scope(PROGRAM, frozenset(_program()))
    yield Scope(EXCHANGES / UNIFIED / "locale", frozenset(_unified()))
    for exchange in _exchanges():
        yield Scope(EXCHANGES / exchange / "locale", frozenset(_exchange(exchange)) - _inherited(exchange))


def _exchanges() -> tuple[str, ...]:
    """Return the exchanges of which anything is written down: a table, calls of the unified reader, or facts."""
    return tuple(sorted({*known(), *facts.written(), *known_exchanges()}))


def _inherited(exchange: str) -> frozenset[str]:
    """Return what another catalogue has for the exchange: that of its parent, or of the unified reader."""
    parent = exchange_config(exchange).inherits
    if parent in known():
        return frozenset(_exchange(parent))
    reads_unified = exchange not in known() or not load(exchange).complete
    return frozenset(_unified()) if reads_unified else frozenset()


def merged(scope: Scope, locale: str, known_translations: Mapping[str, str]) -> Catalog:
    """Return a catalogue with every sentence of today and none of yesterday.

    ``known_translations``: what other catalogues have, so that nothing is translated twice.
    """
    catalogue = Catalog(locale=locale, project=PROJECT, fuzzy=False, creation_date=MADE)
    catalogue.header_comment = (
        "# Translations of exchange-closure-audit. Written by tools/translations.py but for msgstr."
    )
    path = scope.path(locale)
    own = parse(path.read_text(encoding="utf-8")) if path.exists() else {}
    for sentence in scope.sentences:
        catalogue.add(sentence, own.get(sentence) or known_translations.get(sentence, ""))
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Return the file of a catalogue, without places, lines and times, which change by themselves."""
    file = io.BytesIO()
    write_po(file, catalogue, width=0, no_location=True, omit_header=False, sort_output=True)
    kept = [line for line in file.getvalue().splitlines(keepends=True) if not line.startswith(_IDLE)]
    return b"".join(kept)


def files() -> Iterator[tuple[Path, bytes]]:
    """Yield every catalogue's path and what should stand there. Exchanges without words of their own have none."""
    every = tuple(scopes())
    for locale in filter(None, CATALOGUES.values()):
        translations = _translations(locale)
        for scope in every:
            if scope.sentences:
                yield scope.path(locale), written(merged(scope, locale, translations))


def update() -> None:
    """Write every catalogue anew, and remove those of which nothing is left."""
    fresh = dict(files())
    for path in {path for name in CATALOGUES.values() if name for path in catalogue_files(name)} - fresh.keys():
        path.unlink()
    for path, content in fresh.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _translations(locale: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for path in catalogue_files(locale):
        if path.exists():
            found |= parse(path.read_text(encoding="utf-8"))
    return found


def _program() -> Iterator[str]:
    """Yield what the program words: sources and templates outside of single exchanges' folders, rules, the demo."""
    elsewhere = {EXCHANGES / name for name in (*_exchanges(), UNIFIED)}
    for path in sorted(SOURCES.rglob("*.py")):
        if elsewhere.isdisjoint(path.parents):
            yield from _in_file("python", path)
    for path in sorted(SOURCES.rglob("*.j2")):
        yield from _in_file(babel_extract, path)
    yield from WORDS
    yield from (step.title for step in clearing_steps(account("messy")))
    yield from (f"Sub-account: {area.value}" for area in Area)
    for rule, module in all_rules():
        yield from (rule.title, *parts(inspect.getdoc(module) or ""))


@cache
def _exchange(exchange: str) -> tuple[str, ...]:
    """Return what is worded of an exchange: in its folder, in its table, in its facts."""
    words = (*_table(load(exchange)), *_states(exchange), *_facts(exchange_config(exchange)))
    return (*_in_folder(EXCHANGES / exchange), *filter(None, words))


@cache
def _unified() -> tuple[str, ...]:
    """Return what the unified reader words for any exchange, as one shows of which nothing is written down."""
    unwritten = next(exchange for exchange in all_ids() if exchange not in _exchanges())
    return (*_in_folder(EXCHANGES / UNIFIED), *_exchange(unwritten))


def _in_folder(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.py")):
        yield from _in_file("python", path)


def _in_file(method: str | Callable[..., Any], path: Path) -> Iterator[str]:
    found = extract_from_file(method, path, keywords=KEYWORDS)
    yield from (text for _line, text, _comments, _context in found if isinstance(text, str) and text)


def _table(table: Exchange) -> Iterator[str]:
    """Yield what a table words: titles of places, why they may be absent, and advice on errors."""
    identification = table.identification
    rights = () if identification.rights is None else (identification.rights.title,)
    yield from (table.clock.title, table.status.title, identification.account.title, *rights)
    yield from (ledger.title for ledger in table.ledgers)
    for surface in table.surfaces:
        nothing = () if surface.plan is None else (surface.plan.nothing,)
        yield from (surface.title, *nothing, *surface.never_used.codes.values())
    yield from (meaning.advice for meaning in table.api.errors.values())
    yield from (table.api.paper_codes or {}).values()


def _states(exchange: str) -> Iterator[str]:
    spec = facts.told(exchange)
    for call in spec.calls if spec else ():
        yield from (call.direction, *(call.states.words.values() if call.states else ()))


def _facts(config: ExchangeConfig) -> Iterator[str]:
    yield from (config.key.path, config.key.advice, *config.key.tick, *config.key.leave)
    yield from (*config.app.where.values(), *config.app.remedies.values()) if config.app else ()
    yield from (config.support.path,) if config.support else ()
    for fact in config.requirements:
        yield from (fact.title, fact.source, fact.note)


# Headers that change by themselves, or say nothing.
_IDLE = (
    *(b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Language-Team'),
    *(b'"Report-Msgid-Bugs-To', b"# FIRST AUTHOR", b"# Copyright", b"# This file is distributed"),
)

if __name__ == "__main__":
    update()
