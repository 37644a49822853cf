"""Where a list that is read by time was left: its window, its next request, and the rows at the edges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta

from pydantic import TypeAdapter

from auditor.archive.paging import Place, first_place
from auditor.archive.row_marks import MILLISECOND, SECOND, Edge, RowMark
from auditor.i18n import _
from auditor.spec.endpoint import Windows
from auditor.spec.paged_list import Ascending, PagedList
from auditor.spec.times import EPOCH, MICROSECOND
from auditor.transport.cursor_pagination import PageLostError


@dataclass(frozen=True, slots=True)
class Span:
    """A time from ``start`` to ``end``, in microseconds since 1970."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a list was left.

    ``span``: the time window of ``page``, the next request; ``bounds``: of all windows of this run; ``last_span``: one
    window more, about the newest row of the runs before; ``edge``: the rows at which the page before ended;
    ``newest``: of all runs; ``until``: the newest ones of the runs before, of which ``missing`` did not come yet;
    ``upto``: the end of the newest window; ``news``: whether this run found a row; ``began``: the position when this
    window began, ``length`` and ``rows``: the bytes and rows that were safe then.
    """

    page: Place = field(default_factory=Place)
    span: Span | None = None
    bounds: Span | None = None
    last_span: Span | None = None
    edge: Edge | None = None
    newest: Edge | None = None
    until: Edge | None = None
    missing: tuple[str, ...] = ()
    upto: int = 0
    news: bool = False
    length: int = 0
    rows: int = 0
    began: "Position | None" = None

    @property
    def begins_window(self) -> bool:
        """Whether the next page is the first of its window, or of a list without."""
        return not self.page.count


_JSON = TypeAdapter(Position)


def to_text(position: Position) -> str:
    """Return a position as the state keeps it."""
    return _JSON.dump_json(position, exclude_defaults=True).decode()


def from_text(text: str) -> Position:
    """Return the position that the state keeps."""
    return _JSON.validate_json(text)


def first_position(paged: PagedList, now: int, since: int | None) -> Position:
    """Return where a list is begun. ``now``, ``since``: microseconds; no window is older than ``since``."""
    windows = paged.endpoint.windows
    if windows is None:
        return Position(page=first_place(paged, {}))
    return in_windows(Position(), paged, Span(max(first_time(paged, now), since or 0), now))


def first_time(paged: PagedList, now: int) -> int:
    """Return from when a list's windows can be asked for, in microseconds; 0 for a list without."""
    windows, back = paged.endpoint.windows, paged.endpoint.queries[-1].back
    first = 0 if windows is None else (windows.first.astimezone(UTC) - EPOCH) // MICROSECOND
    return first if back is None else max(first, now - back // MICROSECOND)


def later_position(paged: PagedList, ended: Position, now: int) -> Position:
    """Return where a list is read for the rows that came since a run ended."""
    newest = ended.newest
    later = Position(newest=newest, until=newest, missing=newest.ids if newest else (), edge=None, upto=ended.upto)
    windows = paged.endpoint.windows
    if windows is None:
        return replace(later, page=_going_on(paged, ended))
    unit = unit_of(windows)
    known = newest.time if newest else ended.upto
    if newest is not None and known < ended.upto - windows.span // MICROSECOND:
        later = replace(later, last_span=Span(known - unit, known + unit))
        known = ended.upto
    return in_windows(later, paged, Span(known - unit, now))


def _going_on(paged: PagedList, ended: Position) -> Place:
    """Return the request with which rows are found that came since: of the newest ones, or of those after the last."""
    first = first_place(paged, {})
    if not isinstance(paged.paging, Ascending) or not ended.page.last:
        return first
    return replace(first, params={**first.params, paged.paging.cursor: ended.page.last}, last=ended.page.last)


def in_windows(position: Position, paged: PagedList, bounds: Span) -> Position:
    """Return a position at the first window of some time."""
    windows = _windows(paged)
    unit = unit_of(windows)
    start, end = bounds.start // unit * unit, -(-bounds.end // unit) * unit
    bounds = Span(start, max(end, start + unit))
    position = replace(position, bounds=bounds, upto=max(position.upto, bounds.end))
    width = windows.span // MICROSECOND
    if not paged.oldest_first:
        return at_window(position, paged, Span(max(bounds.start, bounds.end - width), bounds.end))
    if position.last_span is not None:
        first, position = position.last_span, replace(position, last_span=None)
        # The window about the newest row that is known stands before all others.
        return at_window(position, paged, first)
    return at_window(position, paged, Span(bounds.start, min(bounds.end, bounds.start + width)))


def at_window(position: Position, paged: PagedList, span: Span) -> Position:
    """Return a position at the beginning of a window."""
    windows = _windows(paged)
    return replace(position, span=span, page=first_place(paged, written(windows, span)), began=None)


def next_window(position: Position, paged: PagedList) -> Position | None:
    """Return a position at the window after one that is read, None after the last one. Windows overlap by a unit."""
    windows, span, bounds = paged.endpoint.windows, position.span, position.bounds
    if windows is None or span is None or bounds is None:
        return None
    unit, width = unit_of(windows), windows.span // MICROSECOND
    if paged.oldest_first and span.end < bounds.end:
        start = max(bounds.start, span.end - unit)
        return at_window(position, paged, Span(start, min(bounds.end, start + width)))
    if not paged.oldest_first and span.start > bounds.start:
        end = span.start + unit
        return at_window(position, paged, Span(max(bounds.start, end - width), end))
    if position.last_span is not None:
        return at_window(replace(position, last_span=None), paged, position.last_span)
    return None


def halved(position: Position, paged: PagedList) -> Position | None:
    """Return a position at the half of a window that is read first, None where it cannot be shorter."""
    windows, span = paged.endpoint.windows, position.span
    if windows is None or span is None or span.end - span.start <= 2 * unit_of(windows):
        return None
    unit = unit_of(windows)
    middle = (span.start + span.end) // 2 // unit * unit
    half = Span(span.start, middle) if paged.oldest_first else Span(middle, span.end)
    return at_window(position, paged, half)


def check_window(marks: Sequence[RowMark], position: Position, paged: PagedList) -> None:
    """Raise PageLostError for a row that is not of the time window that was asked for."""
    span, windows = position.span, paged.endpoint.windows
    if span is not None and windows is not None:
        unit = unit_of(windows)
        if any(not span.start - unit <= mark.time <= span.end + unit for mark in marks):
            raise PageLostError(_("a row is not of the time that was asked for"))


def unit_of(windows: Windows) -> int:
    """Return the unit in which the times of windows are written, in microseconds."""
    return MILLISECOND if windows.unit == "ms" else SECOND


def written(windows: Windows, span: Span) -> Mapping[str, str]:
    """Return the parameters of a window: its start rounded down, its end rounded up."""
    unit = unit_of(windows)
    start, end = span.start // unit, -(-span.end // unit)
    if windows.unit == "iso":
        moments = ((EPOCH + timedelta(seconds=one)).strftime("%Y-%m-%dT%H:%M:%SZ") for one in (start, end))
        return dict(zip((windows.start, windows.end), moments, strict=True))
    return {windows.start: str(start), windows.end: str(end)}


def _windows(paged: PagedList) -> Windows:
    if paged.endpoint.windows is None:
        raise TypeError(paged.id)
    return paged.endpoint.windows
