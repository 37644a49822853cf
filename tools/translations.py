"""Extraction of sentences from the sources, and update of the translation catalogues.

Run `python -m tools.translations`; it needs Babel, a development dependency. The program has one catalogue, and each
exchange has its own next to its table, so that two tables can grow at once without a conflict.
"""

import inspect
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from auditor.demo import account, names
from auditor.demo.okx.clearing import clearing_steps
from auditor.exchanges.registry import UNIFIED, all_ids, load
from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.spec import WalletTotal
from auditor.i18n.catalogues import EXCHANGES, PROGRAM, catalogue_files, parse
from auditor.i18n.languages import CATALOGUES
from auditor.i18n.vocabulary import WORDS
from auditor.model.records import Area
from auditor.rules import all_rules, split_docstring
from auditor.settings.exchange_checks import table_exchanges
from auditor.settings.exchange_facts import ExchangeConfig, exchange_config, known_exchanges
from auditor.spec.exchange import Exchange

SOURCES = Path(__file__).resolve().parent.parent / "auditor"
KEYWORDS = {"_": None, "mark": None}
_CALL = re.compile(r"\b(?:_|mark)\s*\(")
# A fixed date for all catalogues, so that the same sentences give the same file.
CREATION_DATE = datetime(2026, 1, 1, tzinfo=UTC)
PROJECT = "exchange-closure-audit"
HEADER = f"# Translations of {PROJECT}. Written by tools/translations.py but for msgstr."


@dataclass(frozen=True, slots=True)
class Scope:
    """The sentences of the catalogues in ``folder``."""

    folder: Path
    sentences: frozenset[str]

    def path(self, locale: str) -> Path:
        """Return the path of a language's catalogue."""
        return self.folder / f"{locale}.po"


def scopes() -> Iterator[Scope]:
    """Yield the scopes of the program, of the unified reader, then of each exchange."""
    yield Scope(PROGRAM, frozenset(_program_sentences()))
    yield Scope(EXCHANGES / UNIFIED / "locale", frozenset(_unified_sentences()))
    for exchange in _exchanges():
        yield Scope(EXCHANGES / exchange / "locale", frozenset(_exchange_sentences(exchange)) - _inherited(exchange))


def _exchanges() -> tuple[str, ...]:
    """Return the exchanges with a table, unified calls or a file of facts."""
    return tuple(sorted({*table_exchanges(), *facts.specified_exchanges(), *known_exchanges()}))


def _inherited(exchange: str) -> frozenset[str]:
    """Return the sentences that the catalogue of the parent or of the unified reader has."""
    parent = exchange_config(exchange).inherits
    if parent in table_exchanges():
        return frozenset(_exchange_sentences(parent))
    reads_unified = exchange not in table_exchanges() or not load(exchange).complete
    return frozenset(_unified_sentences()) if reads_unified else frozenset()


def merge_catalogue(scope: Scope, locale: str, known_translations: Mapping[str, str]) -> Catalog:
    """Return a catalogue with exactly the present sentences.

    ``known_translations``: those of other catalogues, so that nothing is translated twice.
    """
    catalogue = Catalog(locale=locale, project=PROJECT, fuzzy=False, creation_date=CREATION_DATE)
    catalogue.header_comment = (
        "# Translations of exchange-closure-audit. Written by tools/translations.py but for msgstr."
    )
    path = scope.path(locale)
    own = parse(path.read_text(encoding="utf-8")) if path.exists() else {}
    comments = _comments(path)
    for sentence in scope.sentences:
        translation = own.get(sentence) or known_translations.get(sentence, "")
        catalogue.add(sentence, translation, user_comments=comments.get(sentence, ()))
    return catalogue


def _comments(path: Path) -> Mapping[str, Sequence[str]]:
    """Return the translators' comments of a catalogue, such as that a word is not confirmed."""
    if not path.exists():
        return {}
    return {str(message.id): message.user_comments for message in read_po(io.BytesIO(path.read_bytes()))}


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as ``.po`` bytes, without locations and times, which change often."""
    file = io.BytesIO()
    write_po(file, catalogue, width=0, no_location=True, omit_header=False, sort_output=True)
    lines = [line for line in file.getvalue().splitlines(keepends=True) if not line.startswith(_DROPPED_HEADERS)]
    return b"".join(lines)


def files() -> Iterator[tuple[Path, bytes]]:
    """Yield every catalogue's path and content; exchanges without sentences have none."""
    all_scopes = tuple(scopes())
    for locale in filter(None, CATALOGUES.values()):
        translations = _translations(locale)
        for scope in all_scopes:
            if scope.sentences:
                yield scope.path(locale), written(merge_catalogue(scope, locale, translations))


def update() -> None:
    """Write every catalogue, and remove those without sentences."""
    contents = dict(files())
    for path in {path for name in CATALOGUES.values() if name for path in catalogue_files(name)} - contents.keys():
        path.unlink()
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _translations(locale: str) -> Mapping[str, str]:
    translations: dict[str, str] = {}
    for path in catalogue_files(locale):
        if path.exists():
            translations |= parse(path.read_text(encoding="utf-8"))
    return translations


def _program_sentences() -> Iterator[str]:
    """Yield the program's sentences: of sources, templates and rules."""
    exchange_folders = {EXCHANGES / name for name in (*_exchanges(), UNIFIED)}
    for path in sorted(SOURCES.rglob("*.py")):
        if exchange_folders.isdisjoint(path.parents):
            yield from _file_sentences("python", path)
    for path in sorted(SOURCES.rglob("*.j2")):
        yield from _file_sentences(babel_extract, path)
    yield from WORDS
    yield from (step.title for step in clearing_steps(account("messy")))
    yield from (f"Sub-account: {area.value}" for area in Area)
    for rule, module in all_rules():
        yield from (rule.title, *split_docstring(inspect.getdoc(module) or ""))


@cache
def _exchange_sentences(exchange: str) -> tuple[str, ...]:
    """Return an exchange's sentences: of its folder, its table, its facts and its demo accounts."""
    words = (*_table_sentences(load(exchange)), *_state_words(exchange), *_fact_sentences(exchange_config(exchange)))
    return (*_folder_sentences(EXCHANGES / exchange), *filter(None, words), *names(exchange).values())


@cache
def _unified_sentences() -> tuple[str, ...]:
    """Return the unified reader's sentences, taken from an exchange without files of its own."""
    plain_exchange = next(exchange for exchange in all_ids() if exchange not in _exchanges())
    return (*_folder_sentences(EXCHANGES / UNIFIED), *_exchange_sentences(plain_exchange))


def _folder_sentences(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.py")):
        yield from _file_sentences("python", path)


def _file_sentences(method: str | Callable[..., Any], path: Path) -> Iterator[str]:
    if method == "python" and not _CALL.search(path.read_text(encoding="utf-8")):
        return  # half of the sources have no sentence, and Babel takes each of them apart
    messages = extract_from_file(method, path, keywords=KEYWORDS)
    yield from (text for _line, text, _comments, _context in messages if isinstance(text, str) and text)


def _table_sentences(table: Exchange) -> Iterator[str]:
    """Yield a table's sentences: titles, reasons for absence, and advice on errors."""
    identification = table.identification
    rights = () if identification.rights is None else (identification.rights.title,)
    yield from (table.clock.title, table.status.title, identification.account.title, *rights)
    yield from (ledger.title for ledger in table.ledgers)
    for surface in table.surfaces:
        nothing = () if surface.plan is None else (surface.plan.nothing,)
        yield from (surface.title, *nothing, *surface.never_used.codes.values())
    yield from (meaning.advice for meaning in table.api.errors.values())
    yield from (table.api.paper_codes or {}).values()


def _state_words(exchange: str) -> Iterator[str]:
    spec = facts.load_spec(exchange)
    for call in spec.calls if spec else ():
        yield from (call.direction, *(call.states.words.values() if call.states else ()))
        yield from (name for total in call.totals.values() for name in (total.wallet, *_part_names(total)))


def _part_names(total: WalletTotal) -> Iterator[str]:
    yield from (part.name for part in total.parts.values())


def _fact_sentences(config: ExchangeConfig) -> Iterator[str]:
    yield from (config.key.path, config.key.advice, *config.key.tick, *config.key.leave)
    yield from (*config.app.where.values(), *config.app.remedies.values()) if config.app else ()
    yield from (config.support.path,) if config.support else ()
    yield from (config.withdrawing.target, config.withdrawing.source) if config.withdrawing else ()
    for rule in config.remainders:
        yield from (rule.title, rule.source)
    yield from (site.note for site in config.sites)
    for fact in config.requirements:
        yield from (fact.title, fact.source, fact.note)


# Headers that change with every run, or are empty.
_DROPPED_HEADERS = (
    *(b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Language-Team'),
    *(b'"Report-Msgid-Bugs-To', b"# FIRST AUTHOR", b"# Copyright", b"# This file is distributed"),
)

if __name__ == "__main__":
    update()
