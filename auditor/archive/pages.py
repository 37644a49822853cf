"""The pages of a list out of its raw answers, the oldest first, and their rows, each once, in constant memory.

Pages overlap by a row, and a run that was broken off repeats some. A row belongs to the newest page that shows it, so
that its source does not depend on where a run was broken off.
"""

import heapq
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from auditor.archive.folder import RAW, raw_files
from auditor.archive.page_ids import number_of
from auditor.archive.raw import answers, places
from auditor.archive.row_marks import marks_of
from auditor.i18n import Message, _, verbatim
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.spec.paged_list import OF_ROW, PagedList
from auditor.transport.ccxt.answer_errors import BadBodyError
from auditor.transport.ccxt.json_body import decoded_body
from auditor.transport.cursor_pagination import PageLostError

# Rows kept to compare with those that come again: more than two pages have. Older ones are forgotten some at a time.
WINDOW = 2500
AT_ONCE = 1000
Keyed = dict[Hashable, object]
SourcedPage = tuple[list[object], str]
"""The rows of an answer as they came, with their source: file and line."""
List = TypeVar("List", bound=PagedList)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OddRow:
    """Something in the raw answers of a list that is not as it must be."""

    reason: Message
    source: str


class RawRow(NamedTuple):
    """A row as it came, with where it stands, file and line."""

    row: object
    source: str


def parts_of(folder: Path, paged: List) -> list[List]:
    """Return the list itself, or one for each value that it was asked for."""
    if paged.partition is None:
        return [paged]
    names = sorted(path.name for path in (folder / RAW).glob(f"{paged.id}{OF_ROW}*"))
    return [paged.part(paged.value_of(name)) for name in names]


def answered(folder: Path, paged: PagedList, exchange: Exchange) -> Iterator[SourcedPage | OddRow]:
    """Yield each page of a list as it was read last, the oldest page first. Raises DamagedError."""
    for path in raw_files(folder, paged.id):
        yield from answered_in(folder, path, paged, exchange)


def answered_in(folder: Path, path: Path, paged: PagedList, exchange: Exchange) -> Iterator[SourcedPage | OddRow]:
    """Yield each page of one file of a list, the oldest page first. Raises DamagedError."""
    name = path.relative_to(folder / "data").as_posix()
    for line, answer in answers(path, places(path), forward=paged.oldest_first):
        source = f"{name}:{line}"
        try:
            rows = paged.endpoint.rows(exchange.api.unwrap(decoded_body(answer.body)))
            yield ([_given(row, paged.given) for row in rows] if paged.given else rows), source
        except (MalformedError, BadBodyError) as error:
            yield OddRow(reason_of(error), source)


def _given(row: object, given: Mapping[str, str]) -> object:
    """Return a row with what it was asked for. Raises MalformedError where it is of something else."""
    if not isinstance(row, dict):
        return row
    if any(name in row and row[name] != value for name, value in given.items()):
        raise MalformedError(_("a row is of something else than was asked for"))
    return {**given, **row}


def each_once(folder: Path, paged: PagedList, exchange: Exchange) -> Iterator[RawRow | OddRow]:
    """Yield the rows of a list, the oldest first, each once, and what is odd about them. Raises DamagedError."""
    for page in pages_once(folder, paged, exchange):
        if isinstance(page, OddRow):
            yield page
        else:
            rows, source = page
            yield from [RawRow(row, source) for row in rows]


def pages_once(folder: Path, paged: PagedList, exchange: Exchange) -> Iterator[tuple[Iterable[object], str] | OddRow]:
    """Yield the rows of a list by pages, with their source: see `each_once`. Raises DamagedError."""
    known: Keyed = {}
    last: Hashable = -1
    for page, newer in _pairs(_keyed_pages(folder, paged, exchange)):
        if isinstance(page, OddRow):
            yield page
            continue
        rows, source = page
        shown = newer[0] if isinstance(newer, tuple) else {}
        again = _again(rows, shown, known, last)
        for key in again:
            yield from _differences(key, rows[key], shown if key in shown else known, source)
        fresh = {key: row for key, row in rows.items() if key not in again} if again else rows
        if fresh:
            known.update(fresh)
            last = next(reversed(fresh))
        if len(known) > WINDOW + AT_ONCE:
            known = dict(islice(known.items(), len(known) - WINDOW, None))
        yield fresh.values(), source


def _again(rows: Keyed, shown: Keyed, known: Keyed, last: Hashable) -> dict[Hashable, None]:
    """Return the keys of rows that came before, or are in the page after this one as well; numbers rise."""
    first = next(iter(rows), None)
    if not isinstance(first, int) or not isinstance(last, int):
        past = known.keys() & rows.keys()
    else:
        past = set() if first > last else {key for key in rows if isinstance(key, int) and key <= last}
    found = past | (rows.keys() & shown.keys())
    return dict.fromkeys(key for key in rows if key in found) if found else {}


def _pairs(pages: Iterable[T]) -> Iterator[tuple[T, T | None]]:
    """Yield each page with the one after it."""
    before: list[T] = []
    for page in pages:
        if before:
            yield before.pop(), page
        before.append(page)
    for page in before:
        yield page, None


def _differences(key: Hashable, row: object, others: Mapping[Hashable, object], source: str) -> Iterator[OddRow]:
    """Yield the doubt about a row that came again and is not the same, or at a wrong place."""
    if others.get(key) != row:
        yield OddRow(_("row {number} is not the same wherever it came").format(number=str(key)), source)


def _keyed_pages(folder: Path, paged: PagedList, exchange: Exchange) -> Iterator[tuple[Keyed, str] | OddRow]:
    """Yield each page's rows by what they are known by, the oldest first, with the page's source."""
    for page in answered(folder, paged, exchange):
        if isinstance(page, OddRow):
            yield page
            continue
        rows, source = page
        try:
            keyed = _by_time(rows, paged) if paged.by_time else _by_number(rows, paged)
        except (MalformedError, PageLostError) as error:
            yield OddRow(reason_of(error), source)
            continue
        if len(keyed) < len(rows):
            yield OddRow(_("an answer has a row twice"), source)
        yield keyed, source


def _by_number(rows: Sequence[object], paged: PagedList) -> Keyed:
    numbered = dict(zip(_numbers(rows, paged.key), rows, strict=True))
    return {number: numbered[number] for number in sorted(numbered)}


def _numbers(rows: Sequence[object], name: str) -> list[int]:
    """Return the whole number in each row. Raises MalformedError.

    Texts that are all there are looked at together: an archive has millions.
    """
    values = [row.get(name) if isinstance(row, dict) else None for row in rows]
    texts = [value for value in values if isinstance(value, str) and value]
    together = "".join(texts)
    if len(texts) == len(values) and together.isascii() and together.isdigit():
        return list(map(int, texts))
    return [number_of(row, name) for row in rows]


def _by_time(rows: Sequence[object], paged: PagedList) -> Keyed:
    """Return rows by their ids. Rows of one time stay in their order, which newest first is turned round."""
    marks = marks_of(rows if isinstance(rows, list) else list(rows), paged)
    marked = list(zip(marks, rows, strict=True))
    oldest_first = marked if paged.oldest_first else reversed(marked)
    return {mark.id: row for mark, row in sorted(oldest_first, key=lambda one: one[0].time)}


def merged(parts: Sequence[Iterator[T]], time: Callable[[T], int | None]) -> Iterator[T]:
    """Yield the rows of several lists in the order of time, each list's in its own order."""
    if len(parts) == 1:
        yield from parts[0]
        return
    timed = [_timed(number, rows, time) for number, rows in enumerate(parts)]
    for _time, _number, row in heapq.merge(*timed, key=lambda one: one[:2]):
        yield row


def _timed(number: int, rows: Iterator[T], time: Callable[[T], int | None]) -> Iterator[tuple[int, int, T]]:
    """Yield rows with a time by which they can be merged: it never falls, even where the time of a row does."""
    latest = 0
    for row in rows:
        latest = max(latest, time(row) or 0)
        yield latest, number, row


def reason_of(error: Exception) -> Message:
    """Return what is wrong with a row, in words."""
    is_told = isinstance(error, MalformedError | BadBodyError | PageLostError) and bool(error.args)
    return verbatim(error.args[0]) if is_told else _("it cannot be read")
