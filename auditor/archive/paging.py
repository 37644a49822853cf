"""The next request of a list after each page, for every kind of page: pure, so that a list can be gone on with.

All that a list's further pages depend on is in a `Place`. A page that cannot be the next one raises PageLostError.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from auditor.archive.page_ids import number_of
from auditor.archive.row_marks import RowMark
from auditor.i18n import _
from auditor.spec.endpoint import Cursor, Numbered, Offset, Pagination, Token
from auditor.spec.paged_list import Ascending, PagedList, Single
from auditor.transport.cursor_pagination import Page, PageLostError
from auditor.transport.pagination import stated_count
from auditor.transport.token_pagination import next_token, value_at

AGAIN = _("a full page came again instead of the next one")
GAP = _("a page did not begin where the page before it ended")
REPEATED = _("a page repeats rows of the page before it")
GREW = _("the list grew or shrank between two pages")
NO_ROOM = _("one answer has no room for all rows")


class FullError(PageLostError):
    """One answer, or all pages that are given, were to have all rows of a time, and had no room for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The next request of a list: its parameters, and what the pages before it came to.

    ``count``: rows before; ``total``: as the exchange counts them; ``last``: the row at which the page before ended;
    ``longest``: rows of the longest page; ``promised``: the exchange says that the page exists; ``beyond``: it is asked
    only to see that nothing is left.
    """

    params: Mapping[str, str] = field(default_factory=dict)
    count: int = 0
    total: int | None = None
    last: str = ""
    longest: int = 0
    promised: bool = False
    beyond: bool = False


def first_place(paged: PagedList, window: Mapping[str, str]) -> Place:
    """Return the first request of a list, or of a time window, whose parameters are given."""
    pagination, params = paging_of(paged), {**paged.endpoint.queries[-1].params, **window}
    match pagination:
        case Ascending():
            params = {pagination.cursor: pagination.first, **params}
        case Numbered():
            params |= {pagination.number: "1"}
        case Offset():
            params |= {pagination.skip: "0"}
    limit = pagination.limit if pagination else ""
    return Place(params={**params, limit: str(pagination.size)} if limit and pagination else params)


def paging_of(paged: PagedList) -> Pagination | Ascending | Single | None:
    """Return how the pages of a list are asked for."""
    return paged.paging or paged.endpoint.pagination


def overlaps(paged: PagedList) -> bool:
    """Return whether pages of a list begin with the row at which the page before ended."""
    pagination = paging_of(paged)
    return isinstance(pagination, Cursor | Ascending) or (isinstance(pagination, Offset) and pagination.total is None)


def following(paged: PagedList, place: Place, answer: object, page: Page, marks: Sequence[RowMark]) -> Place | None:
    """Return the request after a page, None after the last one. Raises PageLostError."""
    longest = max(place.longest, len(page))
    after = replace(place, count=place.count + len(page), longest=longest, last=marks[-1].id if marks else place.last)
    match paging_of(paged):
        case Ascending() | Cursor() as one:
            return _after_number(one, place, after, page)
        case Numbered() as one:
            return _after_numbered(one, place, after, answer, marks)
        case Offset(total=None) as one:
            return _after_overlap(one, place, after, marks)
        case Offset() as one:
            total = stated_count(answer, one.total or "")
            return _counted(place, replace(after, total=total), {one.skip: str(after.count)}, is_empty=not page)
        case Token() as one:
            beyond = _after_token(one, place, after, answer, marks)
            if beyond is None and paged.endpoint.windows is not None and _is_full(one, answer, page):
                raise FullError(NO_ROOM)
            return beyond
        case Single() as one if len(page) >= one.size:
            raise FullError(NO_ROOM)
    return None


def _moved(after: Place, params: Mapping[str, str]) -> Place:
    return replace(after, params={**after.params, **params})


def _counted(place: Place, after: Place, params: Mapping[str, str], *, is_empty: bool) -> Place | None:
    """Return the next request of a list whose rows the exchange counts."""
    if place.count and place.total != after.total:
        raise PageLostError(GREW)
    if after.total is None or after.count > after.total or (is_empty and after.count < after.total):
        text = _("the exchange counts {total} rows, {count} came")
        raise PageLostError(text.format(total=after.total, count=after.count))
    return _moved(after, params) if after.count < after.total else None


def _after_numbered(
    one: Numbered, place: Place, after: Place, answer: object, marks: Sequence[RowMark]
) -> Place | None:
    params = {one.number: str(int(place.params[one.number]) + 1)}
    is_lacking = one.may_lack_total and isinstance(answer, dict) and one.total not in answer
    if one.total is not None and not is_lacking:
        after = replace(after, total=stated_count(answer, one.total))
        return _counted(place, after, params, is_empty=not marks)
    if place.total is not None:
        raise PageLostError(GREW)
    if not marks or place.last == marks[-1].id:
        if len(marks) >= one.size:
            raise PageLostError(AGAIN)
        return None
    if one.most and after.count >= one.most:
        raise FullError(NO_ROOM)
    return _moved(after, params)


def _after_overlap(one: Offset, place: Place, after: Place, marks: Sequence[RowMark]) -> Place | None:
    """Return the next request by offset, which repeats a row, since nothing else tells that rows moved."""
    ids = [mark.id for mark in marks]
    if place.last and place.last not in ids:
        raise PageLostError(GAP)
    # A row that came meanwhile moves the others on: the page then begins before the row that it must repeat.
    new = len(ids) - ids.index(place.last) - 1 if place.last else len(ids)
    if not new:
        if len(ids) >= one.size:
            raise PageLostError(AGAIN)
        return None
    skip = int(place.params[one.skip]) + len(ids) - 1
    return _moved(replace(after, count=place.count + new), {one.skip: str(skip)})


def _after_token(one: Token, place: Place, after: Place, answer: object, marks: Sequence[RowMark]) -> Place | None:
    if marks and marks[-1].id == place.last:
        raise PageLostError(REPEATED)
    if place.promised and not marks:
        raise PageLostError(_("the exchange said that there is another page, and it is empty"))
    token = next_token(answer, one)
    if token and token == place.params.get(one.parameter):
        if marks:
            raise PageLostError(_("a page led back to itself instead of the next one"))
        return None
    is_promised = one.more is not None and bool(token)
    return _moved(replace(after, promised=is_promised), {one.parameter: token}) if token else None


def _is_full(one: Token, answer: object, page: Page) -> bool:
    """Return whether a page without a token has all the rows that it has room for, so that more may lie behind it."""
    came = value_at(answer, one.all_rows) if one.all_rows else page
    return one.may_lack and bool(one.limit) and isinstance(came, list) and len(came) >= one.size


def _after_number(one: Cursor | Ascending, place: Place, after: Place, page: Page) -> Place | None:
    """Return the next request by a row's number, which repeats the row; beyond the last row it proves the end."""
    rises = isinstance(one, Ascending)
    numbers = [number_of(row, one.key) for row in page]
    last = int(place.last) if place.last else None
    if last is not None and last not in numbers and not place.beyond:
        raise PageLostError(GAP)
    if any(last is None or (number > last if rises else number < last) for number in numbers):
        if place.beyond:
            raise PageLostError(_("the pages are too short to be told apart"))
        edge = max(numbers) if rises else min(numbers)
        return _moved(replace(after, last=str(edge)), {one.cursor: str(edge if rises else edge + 1)})
    if last is None or place.beyond:
        return None
    if len(page) >= one.size:
        raise PageLostError(AGAIN)
    # A page that had no room for more looks like the last one: what lies beyond its row is asked for.
    is_certain = len(page) < place.longest
    beyond = _moved(replace(after, last=place.last, beyond=True), {one.cursor: str(last + 1 if rises else last)})
    return None if is_certain else beyond
