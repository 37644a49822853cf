"""What came of a cell, and whether it may be so."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from auditor.model import amounts
from auditor.model.report import Report, Status, Verdict
from auditor.model.snapshot import NotApplicable, Read, Reading, Standing, Unread
from auditor.spec.blanks import UNKNOWN_SETUP, AccountSetup
from auditor.spec.endpoint import Numbered, Token
from auditor.spec.fields import Field
from tests.conftest import DemoAudit
from tests.exchanges import spoiling
from tests.fault_injection.answers import FOR_EVER, HARMLESS, ONCE, SMUGGLED
from tests.fault_injection.cells import LEFT_OUT, PAGED, Cell
from tests.fault_injection.hidden import hidden
from tests.fault_injection.striking import Strike

SHORTEST_REASON = 12


class Outcome(StrEnum):
    """What came of a cell."""

    PASSED = "passed"
    BY_EYE = "by eye"
    UNDECIDABLE = "undecidable"
    NOTHING_THERE = "nothing there"
    FALSE_CLEAN = "FALSE CLEAN"
    HIDDEN = "HIDDEN HOLDING"
    UNHANDLED = "UNHANDLED"
    CHANGED = "VERDICT CHANGED"
    NO_REASON = "NO REASON GIVEN"
    LATE = "LATE"


FINE = (Outcome.PASSED, Outcome.BY_EYE, Outcome.UNDECIDABLE, Outcome.NOTHING_THERE)


class Struck(Protocol):
    """A cell of any campaign."""

    @property
    def fault(self) -> str:
        """The fault, by name."""


@dataclass(frozen=True)
class Result:
    """One cell and what came of it; ``detail`` says why, where it is not simply passed."""

    cell: Struck
    outcome: Outcome
    detail: str = ""

    def seen_late(self, *, late: bool) -> "Result":
        return replace(self, outcome=Outcome.LATE) if late else self


@dataclass(frozen=True, kw_only=True)
class Audits:
    """The audits of one cell: ``before``, without the fault, and ``after``, under it.

    ``rest``: without the fault and without the one thing, where something good stands beside it; ``setups``: how the
    account was known to be set up when the place was read.
    """

    before: DemoAudit
    after: DemoAudit
    rest: DemoAudit | None = None
    setups: frozenset[AccountSetup] = frozenset()


def judge(cell: Cell, audits: Audits, strike: Strike) -> Result:
    """Compare the audit under the fault with the one without it, place by place and holding by holding."""
    if not strike.struck:
        return Result(cell, Outcome.NOTHING_THERE, "there is nothing for this fault to strike")
    result = _judged(cell, audits, strike)
    lost = hidden(cell, audits.before, audits.after, audits.rest)
    if lost and result.outcome in FINE:
        return Result(cell, Outcome.HIDDEN, f"seen before and not told now: {sorted(map(str, lost))}")
    return result


def _judged(cell: Cell, audits: Audits, strike: Strike) -> Result:
    before, after = audits.before, audits.after
    if SMUGGLED in repr(after.snapshot):
        return Result(cell, Outcome.CHANGED, "an answer that nobody asked for is told")
    if cell.fault in ONCE or cell.fault in HARMLESS:
        same = before.report.verdict is after.report.verdict
        return Result(cell, Outcome.PASSED if same else Outcome.CHANGED, f"now {after.report.verdict}")
    found = _readings(after, cell)
    if _must_be_unread(cell, audits, strike) and not _all_unread(found):
        said = "clean" if after.report.verdict is Verdict.CLEAN else after.report.verdict
        outcome = Outcome.FALSE_CLEAN if after.report.verdict is Verdict.CLEAN else Outcome.NO_REASON
        return Result(cell, outcome, f"read in spite of it; {said}")
    if not all(understandable(reading) for reading in found):
        return Result(cell, Outcome.NO_REASON, told_reasons(found))
    if after.report.verdict is not Verdict.CLEAN or not may_hold(cell, strike):
        return Result(cell, Outcome.PASSED)
    return _cleared(cell, after, found)


def _cleared(cell: Cell, after: DemoAudit, found: list[Reading]) -> Result:
    """What a clean is that would be false, unless nobody could tell."""
    if _by_eye(cell, after.report, found):
        return Result(cell, Outcome.BY_EYE, "not documented for every account and key: a line to look at by eye")
    if cell.fault == LEFT_OUT:
        return Result(cell, Outcome.UNDECIDABLE, "the exchange leaves the row out, and no other answer shows it")
    if cell.fault in PAGED and _uncounted(cell):
        return Result(cell, Outcome.UNDECIDABLE, "the exchange ends its list early, and does not count its rows")
    return Result(cell, Outcome.FALSE_CLEAN)


def _readings(audited: DemoAudit, cell: Cell) -> list[Reading]:
    """What came of the place. Of what only says whose the key is, a doubt of that is what comes."""
    readings = audited.snapshot.accounts[0].readings
    found = [r for r in readings if r.surface == cell.place]
    whose = cell.venue.table.exchange.identification.account.id
    if found or not cell.venue.table.says_whose(cell.asked.endpoint):
        return found
    doubts = [r for r in readings if r.surface.startswith(f"{whose}-doubt-")]
    return doubts or [r for r in readings if r.surface == whose]


def _all_unread(found: list[Reading]) -> bool:
    return bool(found) and all(isinstance(reading.result, Unread) for reading in found)


def _must_be_unread(cell: Cell, audits: Audits, strike: Strike) -> bool:
    """Whether nobody could read the answer: of a whole answer always, of a field where it cannot be what it must."""
    if cell.fault in FOR_EVER:
        return True
    if cell.fault in PAGED and not _uncounted(cell):
        size = getattr(cell.asked.endpoint.pagination, "size", 0)
        return any(isinstance(r.result, Read) and r.result.rows > size for r in _readings(audits.before, cell))
    if cell.fault in spoiling.BLANK:
        return not _is_settled(strike.strict.field, audits.after) and not _is_normal(cell, audits.setups, strike)
    return cell.fault in spoiling.BROKEN or cell.fault in spoiling.NO_NUMBER


def _is_normal(cell: Cell, setups: frozenset[AccountSetup], strike: Strike) -> bool:
    """Whether the table has a proof that each blank that was made holds nothing."""
    return all(
        spoiling.blank_is_normal(strike.strict, row, setup, cell.fault)
        for row in strike.spoilt
        for setup in setups or {UNKNOWN_SETUP}
    )


def _is_settled(field: Field, after: DemoAudit) -> bool:
    """Whether other places that show what the field shows were all read."""
    readings = after.snapshot.accounts[0].readings
    return bool(field.settled_by) and all(
        isinstance(reading.result, Read) for reading in readings if reading.surface in field.settled_by
    )


def _uncounted(cell: Cell) -> bool:
    """Whether nothing but the rows themselves could tell that some of them are lost."""
    paging = cell.asked.endpoint.pagination
    return isinstance(paging, Token) or (isinstance(paging, Numbered) and paging.total is None)


def may_hold(cell: Cell, strike: Strike) -> bool:
    """Whether a clean would be false: something is there, or the answer now says that something is."""
    if cell.holding or cell.fault in spoiling.UNKNOWN_STATE or cell.fault in FOR_EVER:
        return True
    if cell.fault in PAGED or cell.fault == LEFT_OUT or cell.fault in spoiling.BLANK:
        return False
    return not (cell.fault in spoiling.OTHER_AMOUNT and _is_of_the_past(cell, strike))


def _is_of_the_past(cell: Cell, strike: Strike) -> bool:
    """Whether the amount stands in rows that are finished, and says nothing of what is held now.

    A list with pages is a history. A row of any other list must say by its state that it is finished, and show an
    amount all the same: where a finished one shows none, another amount would be something that is left.
    """
    if cell.asked.endpoint.pagination is not None:
        return True
    sample, name = cell.venue.samples.all.get(cell.place), strike.strict.path[-1]
    shown = [bool(amounts.parse(str(row.get(name)))) for row in strike.spoilt]
    return sample is not None and any(shown) and all(shown) and all(map(sample.is_finished, strike.spoilt))


def _by_eye(cell: Cell, report: Report, found: list[Reading]) -> bool:
    if any(reading.standing is not Standing.UNDOCUMENTED for reading in found) or not _all_unread(found):
        return False
    lines = {line.id for line in report.requirements if line.status is Status.MANUAL}
    return any(line.endswith(f"-{cell.place}") for line in lines)


def told_reasons(found: list[Reading]) -> str:
    """What is told of these readings, for the campaign's table."""
    return "; ".join(f"{one.surface}: {getattr(one.result, 'reason', 'read')}" for one in found)


def understandable(reading: Reading) -> bool:
    if isinstance(reading.result, Read | NotApplicable):
        return True
    reason = str(reading.result.reason)
    odd = ("Traceback", "Error(", "<class", "Exception", "  ")
    return len(reason) > SHORTEST_REASON and reason.endswith((".", ".)")) and not any(mark in reason for mark in odd)
