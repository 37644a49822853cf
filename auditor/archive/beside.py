"""What an archive asks beside its lists: the exchange's words for its codes, and which files of quarters lie ready.

The link to a file is printed and never followed: it leads to another host, where a browser needs no key.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from auditor.archive.fetch import append_answers, keep_anchor
from auditor.archive.folder import DATA, raw_file
from auditor.archive.raw import RawAnswer, answers, places
from auditor.archive.rows import SourcedEntry, ledger_rows
from auditor.archive.session import Session, history_of
from auditor.archive.state import State
from auditor.archive.times import from_milliseconds, quarters
from auditor.formats.atomic_write import replace_file
from auditor.model.clock import now
from auditor.model.errors import UserError
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.spec.history import OpeningTime
from auditor.spec.ledger import Ledger, QuarterFiles, ShownBalances
from auditor.transport.ccxt.answer_errors import BadBodyError
from auditor.transport.ccxt.json_body import decoded_body
from auditor.transport.gather import gather
from auditor.transport.surface_rows import unread_for

WORDS, DICTIONARY, OPENED = "dictionary", "dictionary.json", "opened"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Beside:
    """Asks what no list is of, and keeps the answers as they came."""

    session: Session
    state: State

    async def ask_words(self, endpoint: Endpoint | None) -> None:
        """Ask for the exchange's words for its codes."""
        if endpoint is not None:
            self._keep(WORDS, await self._ask(endpoint, {}))

    async def ask_shown(self, wallets: Sequence[ShownBalances]) -> None:
        """Ask what is in wallets without a ledger."""
        for shown in wallets:
            params = shown.endpoint.queries[-1].params
            keep_anchor(self.state, await self._ask(shown.endpoint, params, shown.none_by))

    async def ask_opened(self, opened: OpeningTime | None) -> None:
        """Ask when the account was opened."""
        if opened is not None:
            self._keep(OPENED, await self._ask(opened.endpoint, {}))

    async def ask_files(self, ledger: Ledger, exchange: Exchange) -> None:
        """Ask whether a file is ready for each quarter before a ledger's reach, since the account's first row."""
        files = ledger.files
        if files is None or ledger.reach.back is None:
            return
        payer = next(one for one in history_of(exchange).ledgers if one.id == ledger.pays_in)
        first = first_row(self.state.folder, payer, exchange)
        if first is not None and first < now() - ledger.reach.back:
            wanted = quarters(first, now() - ledger.reach.back)
            asked = await gather(self._ask(files.endpoint, _parameters(files, one)) for one in wanted)
            self._keep(files_of(ledger), [answer for kept in asked for answer in kept])

    async def _ask(
        self, endpoint: Endpoint, params: Mapping[str, str], telling: frozenset[str] = frozenset()
    ) -> list[RawAnswer]:
        """Return the answer to one request, none where it failed but for a refusal with a code that is ``telling``."""
        kept: list[RawAnswer] = []
        try:
            await self.session.ask(endpoint, params, kept)
        except (OSError, UserError):
            raise
        except Exception as error:  # noqa: BLE001 - without the answer the archive says less, and proves the same
            return kept[-1:] if unread_for(error).code in telling else []
        return kept

    def _keep(self, name: str, kept: list[RawAnswer]) -> None:
        path = raw_file(self.state.folder, name)
        if kept:
            self.state.commit(None, {path: append_answers(path, kept, 0)})


def files_of(ledger: Ledger) -> str:
    """Return the name of the raw answers about files of quarters."""
    return f"{ledger.id}-files"


def first_row(folder: Path, ledger: Ledger, exchange: Exchange) -> datetime | None:
    """Return the time of the oldest row of a ledger."""
    rows = (one for one in ledger_rows(folder, ledger, exchange) if isinstance(one, SourcedEntry))
    entry = next(rows, None)
    return None if entry is None else from_milliseconds(entry.entry.time)


def ready_files(folder: Path, ledger: Ledger, exchange: Exchange) -> dict[str, str]:
    """Return the links of the files of quarters that lie ready, by quarter. Raises DamagedError."""
    files, path = ledger.files, raw_file(folder, files_of(ledger))
    if files is None or not path.exists():
        return {}
    found: dict[str, str] = {}
    for _line, answer in answers(path, places(path)):
        for row in _rows(answer, files.endpoint, exchange):
            if row.get(files.state) == files.ready and isinstance(row.get(files.link), str):
                found[_quarter(answer.params, files)] = str(row[files.link])
    return dict(sorted(found.items()))


def opening_time(folder: Path, exchange: Exchange) -> datetime | None:
    """Return when the account was opened, None where the exchange did not say it. Raises DamagedError."""
    path, opened = raw_file(folder, OPENED), history_of(exchange).opened
    if opened is None or not path.exists():
        return None
    rows = [row for _line, answer in answers(path, places(path)) for row in _rows(answer, opened.endpoint, exchange)]
    seconds = rows[-1].get(opened.field) if rows else None
    is_told = isinstance(seconds, str | int) and re.fullmatch(r"[1-9][0-9]{8,10}", str(seconds)) is not None
    return datetime.fromtimestamp(int(str(seconds)), UTC) if is_told else None


def write_dictionary(folder: Path, exchange: Exchange) -> None:
    """Write the exchange's words for its codes, as they came, into the folder of an archive that has them."""
    path, endpoint = raw_file(folder, WORDS), history_of(exchange).dictionary
    if endpoint is not None and path.exists():
        rows = [row for _line, answer in answers(path, places(path)) for row in _rows(answer, endpoint, exchange)]
        text = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
        replace_file(folder / DATA / DICTIONARY, text.encode())


def _rows(answer: RawAnswer, endpoint: Endpoint, exchange: Exchange) -> list[dict[str, object]]:
    try:
        rows = endpoint.rows(exchange.api.unwrap(decoded_body(answer.body)))
    except (MalformedError, BadBodyError):
        return []
    return [row for row in rows if isinstance(row, dict)]


def _parameters(files: QuarterFiles, quarter: str) -> dict[str, str]:
    year, _blank, number = quarter.partition(" ")
    return {files.year: year, files.quarter: number}


def _quarter(params: Mapping[str, str], files: QuarterFiles) -> str:
    return f"{params.get(files.year, '')} {params.get(files.quarter, '')}"
