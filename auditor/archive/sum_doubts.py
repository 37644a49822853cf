"""What lists of changes leave open: it keeps an archive from being complete, and a difference from contradicting.

A list whose reach ends later than the account begins proves nothing, even where its rows add up.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.archive.change_rows import ChangeListProof
from auditor.archive.facts import ListEnd, RunFacts
from auditor.archive.state import Status
from auditor.archive.times import from_milliseconds, milliseconds_of
from auditor.archive.witness import reach_start
from auditor.i18n import Message, _, day
from auditor.spec.summed import ChangeList

MOST_NAMED = 10
Covers = Callable[[Sequence[str], int], bool]
"""Returns whether files have every change of wallets from the account's first to a time in Unix milliseconds."""


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list of changes with what came of it, one proof for each value that it was asked for.

    ``unasked``: values that it had to be asked for, and was not; ``since``: the time of the first change in its
    wallets, in Unix milliseconds, 0 without one; ``used``: whether something in one of them shows that there is such a
    wallet, None where nothing could; ``wallets``: those of its wallets that there are.
    """

    listed: ChangeList
    parts: Sequence[ChangeListProof]
    unasked: Sequence[str] = ()
    since: int = 0
    used: bool | None = None
    wallets: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Number of rows."""
        return sum(part.rows for part in self.parts)

    @property
    def first_time(self) -> int:
        """Unix milliseconds of the oldest row, 0 without a row."""
        return min((part.first_time for part in self.parts if part.rows), default=0)

    @property
    def last_time(self) -> int:
        """Unix milliseconds of the newest row, 0 without a row."""
        return max((part.last_time for part in self.parts), default=0)


def first_change(lists: Iterable[ReadList]) -> int:
    """Return the time of the first row of all, in Unix milliseconds; 0 without a row."""
    return min((one.first_time for one in lists if one.rows), default=0)


def list_doubts(one: ReadList, ends: Mapping[str, ListEnd], facts: RunFacts, covers: Covers) -> Iterator[Message]:
    """Yield what a list leaves open."""
    yield from _unread(one, ends, facts)
    yield from _beyond(one, facts, covers)
    yield from _rows(one)


def given_doubts(one: ReadList, ends: Mapping[str, ListEnd]) -> Iterator[Message]:
    """Yield what it means that the exchange gave a list."""
    end = ends.get(one.listed.id)
    if one.listed.if_given and end is not None and end.status is Status.ENDED:
        yield _("{list}: {reason}").format(list=_(one.listed.title), reason=_(one.listed.if_given))


def is_given(listed: ChangeList, facts: RunFacts) -> bool:
    """Return whether the exchange gave a list whose rows a longer one shows, too."""
    return bool(listed.within) and any(end.id == listed.id and end.status is Status.ENDED for end in facts.lists)


def covered_since(listed: ChangeList, facts: RunFacts) -> int:
    """Return from when a list has every row, in Unix milliseconds: it is asked so far back at some time of the run."""
    back = listed.endpoint.queries[-1].back
    return 0 if back is None else milliseconds_of(facts.finished_at - back)


def beyond_doubts(one: ReadList, other: ReadList, count: int, uncovered: int) -> Iterator[Message]:
    """Yield that a list has rows that another one lacks, which is to show them all and goes back further.

    ``uncovered``: number of rows of the longer one, of the time of the shorter one, that this one lacks.
    """
    if uncovered:
        text = _("{list}: rows of its time that only the longer list ({other}) has, without a balance: {count}.")
        yield text.format(list=_(one.listed.title), other=_(other.listed.title), count=uncovered)
    if count:
        text = _(
            "{list}: rows of it that the longer list ({other}) lacks: {count}. That one may lack older ones as well, "
            "which are in no list here."
        )
        yield text.format(list=_(one.listed.title), other=_(other.listed.title), count=count)


def lacks_rows(one: ReadList, ends: Mapping[str, ListEnd], facts: RunFacts, covers: Covers) -> bool:
    """Return whether rows of a list are missing: it was not read to its end, or the exchange gives them no more."""
    return any(_unread(one, ends, facts)) or any(_beyond(one, facts, covers))


def unused_notes(one: ReadList, ends: Mapping[str, ListEnd]) -> Iterator[Message]:
    """Yield why a list that was refused leaves nothing open."""
    end = ends.get(one.listed.id)
    if end is not None and is_unused(one, end):
        yield _("{list}: {reason}").format(list=_(one.listed.title), reason=_(one.listed.unused[end.code]))


def is_unused(one: ReadList, end: ListEnd) -> bool:
    """Return whether a list was refused, without a row, since the account never had what it is of.

    The exchange's word is not enough where other lists show that something moved there.
    """
    return end.status is Status.REFUSED and end.code in one.listed.unused and not end.rows and not one.used


def _unread(one: ReadList, ends: Mapping[str, ListEnd], facts: RunFacts) -> Iterator[Message]:
    title, end = _(one.listed.title), ends.get(one.listed.id)
    if end is None:
        yield _("{list}: this key cannot ask for it.").format(list=title)
        return
    if end.status is not Status.ENDED and not is_unused(one, end):
        yield _("{list}: this list was not read to its end. {reason}").format(list=title, reason=end.reason)
    if one.unasked and end.status is Status.ENDED:
        more = ["..."] if len(one.unasked) > MOST_NAMED else []
        text = _("{list}: it was not asked for all that this account may have ({count}: {names}).")
        yield text.format(list=title, count=len(one.unasked), names=", ".join([*one.unasked[:MOST_NAMED], *more]))
    if end.cut:
        yield _("{list}: only rows since {since} were asked for.").format(list=title, since=facts.since)


def _beyond(one: ReadList, facts: RunFacts, covers: Covers) -> Iterator[Message]:
    """Yield what a list leaves out of what was, and no file has: before its reach, or beyond its number of rows."""
    title, start = _(one.listed.title), reach_start(one.listed, facts)
    if one.listed.reach.back is not None and one.since and one.since < start and not covers(one.wallets, start):
        text = _("{list}: the exchange's list goes back this far: {reach}. This account has rows since {day}.")
        reach = _(one.listed.reach.words)
        yield text.format(list=title, reach=reach, day=day(from_milliseconds(one.since)))
    is_full = one.listed.most and any(part.rows >= one.listed.most for part in one.parts)
    if is_full and not covers(one.wallets, one.first_time):
        text = _("{list}: the exchange gives the last {count} rows, and there are as many. Older ones may be missing.")
        yield text.format(list=title, count=one.listed.most)


def _rows(one: ReadList) -> Iterator[Message]:
    title = _(one.listed.title)
    for part in one.parts:
        for odd in part.oddities:
            yield _("{list}: {reason} ({source}).").format(list=title, reason=odd.reason, source=odd.source)
    codes = sorted({code for part in one.parts for code in part.unknown})
    if codes:
        text = _("{list}: what these rows change is not known for certain: {codes}.")
        yield text.format(list=title, codes=", ".join(codes))
