"""Catalogues of translations: gathers every sentence of the sources, merges, and compiles.

`python -m tools.messages` brings the catalogues up to date. It needs Babel, which only those who develop need.
"""

import inspect
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from auditor.demo import account
from auditor.demo.okx.clearing import clearing_steps
from auditor.exchanges.registry import all_ids, load
from auditor.exchanges.unified import spec as facts
from auditor.i18n import CATALOGUES, DOMAIN, FOLDER
from auditor.i18n.vocabulary import WORDS
from auditor.model.records import Area
from auditor.rules import all_rules
from auditor.settings.exchange_checks import known
from auditor.settings.exchange_facts import ExchangeConfig, exchange_config, known_exchanges
from auditor.spec.exchange import Exchange

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "auditor"
KEYWORDS = {"_": None, "mark": None}
# One date for all catalogues: what is made of the same sentences is the same.
MADE = datetime(2026, 1, 1, tzinfo=UTC)
Found = tuple[str, str]


def messages() -> Iterator[Found]:
    """Yield every sentence with the file that it stands in: sources, templates, facts, rules, tables."""
    for path in sorted(SOURCES.rglob("*.py")):
        yield from _in_file("python", path)
    for path in sorted(SOURCES.rglob("*.j2")):
        yield from _in_file(babel_extract, path)
    for exchange in known_exchanges():
        yield from ((text, f"config/{exchange}.toml") for text in _facts(exchange_config(exchange)) if text)
    yield from ((word, "auditor/i18n/vocabulary.py") for word in WORDS)
    yield from ((step.title, "auditor/demo/okx/clearing.py") for step in clearing_steps(account("messy")))
    yield from ((f"Sub-account: {area.value}", "auditor/audit/sub_accounts.py") for area in Area)
    for exchange in known():
        yield from ((text, f"auditor/exchanges/{exchange}.py") for text in _table(load(exchange)) if text)
    unwritten = next(exchange for exchange in all_ids() if exchange not in (*known(), *facts.written()))
    for exchange in (*facts.written(), unwritten):
        texts = (*_table(load(exchange)), *_states(exchange))
        yield from ((text, "auditor/exchanges/unified/exchange.py") for text in texts if text)
    for rule, module in all_rules():
        name = f"auditor/rules/{module.__name__.rpartition('.')[2]}.py"
        yield from ((text, name) for text in (rule.title, *paragraphs(inspect.getdoc(module) or "")))


def paragraphs(doc: str) -> list[str]:
    """Split a rule's docstring into what is translated by itself: its first line and each of its parts."""
    from auditor.cli.commands.listings import parts  # noqa: PLC0415 - only where rules are gathered

    return parts(doc)


def merged(path: Path) -> Catalog:
    """Give the catalogue at ``path``, with every sentence of today and none of yesterday."""
    template = Catalog(domain=DOMAIN, creation_date=MADE)
    for text, where in messages():
        template.add(text, locations=[(where, 1)])
    locale = path.parent.parent.name
    catalogue = Catalog(locale=locale, domain=DOMAIN, project="exchange-closure-audit", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale, domain=DOMAIN)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = "# Translations of exchange-closure-audit. Written by tools/messages.py but for msgstr."
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Give the file of a catalogue, without lines and times that change by themselves."""
    file = io.BytesIO()
    write_po(file, catalogue, width=0, include_lineno=False, omit_header=False, sort_output=True)
    kept = [line for line in file.getvalue().splitlines(keepends=True) if not line.startswith(_IDLE)]
    return b"".join(kept)


def compiled(po: bytes, locale: str) -> bytes:
    """Give the compiled form of a catalogue's file."""
    file = io.BytesIO()
    catalogue = read_po(io.BytesIO(po), locale=locale, domain=DOMAIN)
    catalogue.creation_date = catalogue.revision_date = MADE
    write_mo(file, catalogue)
    return file.getvalue()


def paths() -> Iterator[Path]:
    """Yield the file of every catalogue."""
    yield from (FOLDER / name / "LC_MESSAGES" / f"{DOMAIN}.po" for name in CATALOGUES.values() if name)


def update() -> None:
    """Write every catalogue anew, and its compiled form beside it."""
    for path in paths():
        po = written(merged(path))
        path.write_bytes(po)
        path.with_suffix(".mo").write_bytes(compiled(po, path.parent.parent.name))


def _in_file(method: str | Callable[..., Any], path: Path) -> Iterator[Found]:
    where = path.relative_to(ROOT).as_posix()
    found = extract_from_file(method, path, keywords=KEYWORDS)
    yield from ((text, where) for _line, text, _comments, _context in found if isinstance(text, str) and text)


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
    told = facts.told(exchange)
    for call in told.calls if told else ():
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
