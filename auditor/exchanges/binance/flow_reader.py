"""Binance: readers of pending deposits, withdrawals and orders."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from auditor.i18n import mark
from auditor.model.records import Flow, Record
from auditor.spec.fields import amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader

UNKNOWN_STATE = mark("in a state that Binance's documentation does not name")
TIMES = ("insertTime", "applyTime", "createTime")
# The state of a Travel Rule questionnaire that waits for the user.
PENDING = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowReader:
    """Reads one kind of flow.

    ``state``, ``asset``, ``amount``, ``numbers``: the names of these fields; ``final``: the final states; ``states``:
    the open ones with their meaning; ``stuck``: those in which the user must act.
    """

    direction: str
    numbers: tuple[str, ...]
    final: frozenset[str]
    states: Mapping[str, str]
    stuck: frozenset[str] = frozenset()
    state: str = "status"
    asset: str = "coin"
    amount: str = "amount"

    def reader(self) -> Reader:
        """Return the reader of rows in any state but the final ones, documented or not."""
        return Reader((text(self.state), text(self.asset), amount(self.amount)), self._read)

    def reader_with_questions(self) -> Reader:
        """Return the reader of rows that a Travel Rule question may hold.

        They are over only when their state is final and no question is open.
        """
        return Reader((text(self.state), text(self.asset), amount(self.amount)), self._read_with_questions)

    def _read(self, row: Row, _context: Context) -> Iterable[Record]:
        state = row.text(self.state)
        if state not in self.final:
            yield self._flow(row, state, self.states.get(state, UNKNOWN_STATE), stuck=state in self.stuck)

    def _read_with_questions(self, row: Row, context: Context) -> Iterable[Record]:
        state = row.text(self.state)
        is_pending = PENDING in {row.hint("travelRuleStatus"), row.hint("travelRuleReqStatus")}
        if is_pending or row.raw.get("requireQuestionnaire") is True:
            yield self._flow(row, state, mark("waiting for your answers to the Travel Rule questions"), stuck=True)
        else:
            yield from self._read(row, context)

    def _flow(self, row: Row, state: str, reason: str, *, stuck: bool) -> Flow:
        return Flow(
            subject=next(filter(None, map(row.hint, self.numbers)), "?"),
            row=row.raw,
            direction=self.direction,
            asset=row.text(self.asset),
            amount=row.amount(self.amount),
            state=state,
            reason=reason,
            stuck=stuck,
            known=state in self.states,
            started_at=next(filter(None, (_moment(row, name) for name in TIMES)), None),
            ready_at=None,
        )


def _moment(row: Row, name: str) -> datetime | None:
    """Return a time that is in milliseconds or a date text (UTC)."""
    try:
        return row.hint_time(name) or datetime.strptime(row.hint(name), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
