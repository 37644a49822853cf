"""Catalogues of translations: gathers every sentence of the sources, and brings each catalogue up to date.

`python -m tools.translations` does it. It needs Babel, which only those who develop need. The program has a catalogue,
and so has each exchange beside its table: where a table grows, its own catalogue grows and no other.
"""

import inspect
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po
from jinja2.ext import babel_extract

from auditor.cli.commands.listings import parts
from auditor.demo import account
from auditor.demo.story import clearing
from auditor.exchanges import UNIFIED, all_ids, load
from auditor.exchanges.unified import spec as facts
from auditor.i18n.catalogues import EXCHANGES, PROGRAM, catalogue_files, parse
from auditor.i18n.languages import CATALOGUES
from auditor.i18n.vocabulary import WORDS
from auditor.model.records import Area
from auditor.rules import all_rules
from auditor.settings.exchange_checks import known
from auditor.settings.exchange_facts import ExchangeConfig, exchange_config, known_exchanges
from auditor.spec.surface import Exchange

SOURCES = Path(__file__).resolve().parent.parent / "auditor"
KEYWORDS = {"_": None, "mark": None}
# One date for all catalogues: what is made of the same sentences is the same.
MADE = datetime(2026, 1, 1, tzinfo=UTC)
PROJECT = "exchange-closure-audit"
HEADER = f"# Translations of {PROJECT}. Written by tools/translations.py but for msgstr."


@dataclass(frozen=True, slots=True)
class Scope:
    """What one catalogue is made of: its file is ``folder/{prefix}{locale}.po``."""

    folder: Path
    prefix: str
    sentences: frozenset[str]

    def path(self, locale: str) -> Path:
        """Return the catalogue of a language."""
        return self.folder / f"{self.prefix}{locale}.po"


def scopes() -> Iterator[Scope]:
    """Yield the program's scope, then one for each exchange that words anything of its own."""
    yield Scope(PROGRAM, "", frozenset(_program()))
    tables = {exchange: frozenset(_exchange(exchange)) for exchange in known()}
    for exchange, sentences in tables.items():
        parent = exchange_config(exchange).inherits or ""
        yield Scope(EXCHANGES / exchange / "locale", "", sentences - tables.get(parent, frozenset()))
    common = frozenset(_unified())
    yield Scope(EXCHANGES / UNIFIED / "locale", "", common)
    for exchange in sorted({*facts.written(), *known_exchanges()} - {*tables}):
        yield Scope(EXCHANGES / UNIFIED / "locale", f"{exchange}.", frozenset(_written(exchange)) - common)


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
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def _translations(locale: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for path in catalogue_files(locale):
        if path.exists():
            found |= parse(path.read_text(encoding="utf-8"))
    return found


def _program() -> Iterator[str]:
    """Yield what the program words: sources and templates outside of the exchanges' folders, rules, the demo."""
    for path in sorted(SOURCES.rglob("*.py")):
        if EXCHANGES not in path.parent.parents:
            yield from _in_file("python", path)
    for path in sorted(SOURCES.rglob("*.j2")):
        yield from _in_file(babel_extract, path)
    yield from WORDS
    yield from (step.title for step in clearing(account("messy")))
    yield from (f"Sub-account: {area.value}" for area in Area)
    for rule, module in all_rules():
        yield from (rule.title, *parts(inspect.getdoc(module) or ""))


def _exchange(exchange: str) -> Iterator[str]:
    """Yield what an exchange with a table of its own words: its folder, its table, its facts."""
    yield from _in_folder(EXCHANGES / exchange)
    yield from _present((*_table(load(exchange)), *_facts(exchange_config(exchange))))


def _unified() -> Iterator[str]:
    """Yield what the unified reader words for any exchange."""
    yield from _in_folder(EXCHANGES / UNIFIED)
    yield from _written(next(exchange for exchange in all_ids() if exchange not in (*known(), *facts.written())))


def _written(exchange: str) -> Iterator[str]:
    """Yield what is worded of an exchange that the unified reader reads."""
    yield from _present((*_table(load(exchange)), *_states(exchange), *_facts(exchange_config(exchange))))


def _present(texts: Iterable[str]) -> Iterator[str]:
    yield from filter(None, texts)


def _in_folder(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.py")):
        yield from _in_file("python", path)


def _in_file(method: str | Callable[..., Any], path: Path) -> Iterator[str]:
    found = extract_from_file(method, path, keywords=KEYWORDS)
    yield from (text for _line, text, _comments, _context in found if isinstance(text, str) and text)


def _table(table: Exchange) -> Iterator[str]:
    """Yield what a table words: titles of places, why they may be absent, and advice on errors."""
    for surface in table.all():
        yield from (surface.title, surface.nothing, *surface.absent.values())
    yield from (*(fact.advice for fact in table.errors.values()), *table.sandbox_codes.values())


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
