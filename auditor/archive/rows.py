"""The rows of a list out of its raw answers: each once, the oldest first, in constant memory.

Pages overlap by a row, and a run that was broken off repeats some. A row belongs to the newest page that shows it, so
that its source does not depend on where a run was broken off.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.archive.folder import RAW
from auditor.archive.page_ids import number_of
from auditor.archive.raw import answers, places
from auditor.i18n import Message, _, verbatim
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.spec.history import Ledger, LedgerEntry, ListedRow, PagedList, SecondList
from auditor.transport.ccxt.exact import BadBodyError, decoded_body

# Rows kept to compare with those that come again: more than two pages have.
WINDOW = 1000
Numbered = dict[int, object]
RUNNING = "running"
"""What proves a row: the balance after it, and that before the next."""


@dataclass(frozen=True, slots=True)
class SourcedEntry:
    """A row with where it stands, file and line, and what proves it."""

    entry: LedgerEntry
    source: str
    proof: str = RUNNING


@dataclass(frozen=True, slots=True)
class OddRow:
    """Something in the raw answers of a ledger that is not as it must be."""

    reason: Message
    source: str


def ledger_rows(folder: Path, ledger: Ledger, exchange: Exchange) -> Iterator[SourcedEntry | OddRow]:
    """Yield the rows of a ledger, the oldest first, and whatever is odd about them.

    Raises DamagedError.
    """
    known: OrderedDict[int, object] = OrderedDict()
    last = -1
    pages = _pages(folder, ledger, exchange)
    page = next(pages, None)
    while page is not None:
        newer = next(pages, None)
        if isinstance(page, OddRow):
            yield page
            page = newer
            continue
        rows, source = page
        shown = newer[0] if newer is not None and not isinstance(newer, OddRow) else {}
        for number in sorted(rows):
            row = rows[number]
            if number in shown or number <= last:
                yield from _differences(number, row, shown if number in shown else known, source)
                continue
            last = number
            known[number] = row
            if len(known) > WINDOW:
                known.popitem(last=False)
            yield _read(ledger, row, source)
        page = newer


def _differences(number: int, row: object, others: Mapping[int, object], source: str) -> Iterator[OddRow]:
    """Yield the doubt about a row that came again and is not the same, or at a wrong place."""
    if others.get(number) != row:
        yield OddRow(_("row {number} is not the same wherever it came").format(number=str(number)), source)


def _read(ledger: Ledger, row: object, source: str) -> SourcedEntry | OddRow:
    try:
        return SourcedEntry(ledger.entry(row), source)
    except (MalformedError, ValueError, TypeError) as error:
        return OddRow(reason_of(error), source)


def _pages(folder: Path, ledger: Ledger, exchange: Exchange) -> Iterator[tuple[Numbered, str] | OddRow]:
    """Yield each page's rows by their ids with the page's source, the oldest page first."""
    for page in _answered(folder, ledger, exchange):
        if isinstance(page, OddRow):
            yield page
            continue
        rows, source = page
        try:
            numbered = {number_of(row, ledger.key): row for row in rows}
        except MalformedError as error:
            yield OddRow(reason_of(error), source)
            continue
        if len(numbered) < len(rows):
            yield OddRow(_("an answer has a row twice"), source)
        yield numbered, source


def _answered(folder: Path, paged: PagedList, exchange: Exchange) -> Iterator[tuple[list[object], str] | OddRow]:
    """Yield each page's rows as they came with the page's source, the oldest page first."""
    for path in sorted((folder / RAW / paged.id).glob("*.jsonl.gz")):
        for line, answer in answers(path, places(path)):
            source = f"{path.relative_to(folder / 'data').as_posix()}:{line}"
            try:
                yield paged.endpoint.rows(exchange.api.unwrap(decoded_body(answer.body))), source
            except (MalformedError, BadBodyError) as error:
                yield OddRow(reason_of(error), source)


def listed_rows(folder: Path, listed: SecondList, exchange: Exchange) -> Iterator[ListedRow | OddRow]:
    """Yield the rows of a second list, the oldest first, each once, and whatever is odd about them.

    Raises DamagedError.
    """
    known: OrderedDict[str, tuple[object, str]] = OrderedDict()
    for page in _answered(folder, listed, exchange):
        if isinstance(page, OddRow):
            yield page
            continue
        rows, source = page
        for raw in reversed(rows):
            row = _listed(listed, raw, source)
            if isinstance(row, OddRow) or row.id not in known:
                yield row
            elif not listed.explains and _is_another(raw, source, *known[row.id]):
                yield OddRow(_("row {number} is not the same wherever it came").format(number=row.id), source)
            if isinstance(row, ListedRow):
                known.setdefault(row.id, (raw, source))
                if len(known) > WINDOW:
                    known.popitem(last=False)


def _is_another(raw: object, source: str, before: object, before_source: str) -> bool:
    """Return whether a row that came again within one run is another. Between two runs its state may change."""
    return raw != before and source.partition(":")[0] == before_source.partition(":")[0]


def row_ids(folder: Path, list_id: str, exchange: Exchange) -> list[str]:
    """Return the ids of the rows of a second list, each once, the oldest first. Raises DamagedError."""
    history = exchange.history
    listed = next(one for one in history.seconds if one.id == list_id) if history is not None else None
    rows = () if listed is None else listed_rows(folder, listed, exchange)
    return list(dict.fromkeys(row.id for row in rows if isinstance(row, ListedRow)))


def _listed(listed: SecondList, raw: object, source: str) -> ListedRow | OddRow:
    try:
        return listed.listed(raw)
    except (MalformedError, ValueError, TypeError) as error:
        return OddRow(reason_of(error), source)


def reason_of(error: Exception) -> Message:
    """Return what is wrong with a row, in words."""
    is_told = isinstance(error, MalformedError | BadBodyError) and bool(error.args)
    return verbatim(error.args[0]) if is_told else _("it cannot be read")
