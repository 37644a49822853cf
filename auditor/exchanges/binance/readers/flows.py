"""Binance: how to read a row of a deposit, a withdrawal, a fiat or P2P order, or a conversion."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal

from auditor.i18n import mark
from auditor.model.records import Flow, Record
from auditor.spec.fields import Row
from auditor.spec.surface import Context

PENDING = "1"
UNNAMED = mark("in a state that Binance's documentation does not name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One kind of flow: which field says its state, asset, amount and number, and what the states mean.

    ``final``: over; ``states``: open, with what they mean; ``stuck``: those that need someone.
    """

    direction: str
    numbers: tuple[str, ...]
    final: frozenset[str]
    states: Mapping[str, str]
    stuck: frozenset[str] = frozenset()
    state: str = "status"
    asset: str = "coin"
    amount: str = "amount"
    times: tuple[str, ...] = field(default=("insertTime", "applyTime", "createTime"))

    def __call__(self, row: Row, _context: Context) -> Iterable[Record]:
        """Read a row in any state but the final ones, known or not."""
        state = row.text(self.state)
        if state not in self.final:
            yield self._flow(row, state, self.states.get(state, UNNAMED), stuck=state in self.stuck)

    def _flow(self, row: Row, state: str, reason: str, *, stuck: bool) -> Flow:
        return Flow(
            subject=next(filter(None, (row.hint(name) for name in self.numbers)), "?"),
            row=row.raw,
            direction=self.direction,
            asset=row.text(self.asset),
            amount=row.amount(self.amount),
            state=state,
            reason=reason,
            stuck=stuck,
            known=state in self.states,
            started_at=next(filter(None, (_moment(row, name) for name in self.times)), None),
            ready_at=None,
        )

    def held_by_question(self, row: Row, _context: Context) -> Iterable[Record]:
        """Read a row of the travel rule: over only when its state is final and no question waits for an answer."""
        state = row.text(self.state)
        pending = PENDING in {row.hint("travelRuleStatus"), row.hint("travelRuleReqStatus")}
        if pending or row.raw.get("requireQuestionnaire") is True:
            yield self._flow(row, state, mark("waiting for your answers to the Travel Rule questions"), stuck=True)
        else:
            yield from self(row, _context)


def _moment(row: Row, name: str) -> datetime | None:
    """A time in milliseconds, or as Binance writes it in words (UTC)."""
    try:
        return row.hint_time(name) or datetime.strptime(row.hint(name), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


DEPOSIT = Way(
    direction=mark("deposit"),
    numbers=("id", "depositId", "txId", "insertTime"),
    final=frozenset({"1", "2"}),
    states={
        "0": mark("waiting for confirmations"),
        "6": mark("credited, but cannot be withdrawn yet"),
        "7": mark("a wrong deposit"),
        "8": mark("waiting for your confirmation"),
    },
    stuck=frozenset({"7", "8"}),
)
WITHDRAWAL = Way(
    direction=mark("withdrawal"),
    numbers=("id", "txId", "applyTime"),
    # 1 (cancelled) and 5 (failed) are of older versions.
    final=frozenset({"1", "3", "5", "6"}),
    states={
        "0": mark("waiting for your confirmation by email"),
        "2": mark("waiting for approval"),
        "4": mark("being processed"),
    },
    stuck=frozenset({"0", "2"}),
)
HELD_DEPOSIT = replace(DEPOSIT, state="depositStatus")
HELD_WITHDRAWAL = replace(WITHDRAWAL, state="withdrawalStatus")
_FIAT_STATES = {
    "Processing": mark("being processed"),
    "Refunding": mark("being refunded"),
    "Refund Failed": mark("the refund failed"),
    "Order Partial credit Stopped": mark("credited in part, and stopped"),
}
_FIAT_FINAL = frozenset({"Failed", "Successful", "Finished", "Completed", "Refunded", "Expired"})
_FIAT_STUCK = frozenset({"Refund Failed", "Order Partial credit Stopped"})


def fiat(direction: str) -> Way:
    """A deposit or withdrawal of fiat money."""
    return Way(
        direction=direction,
        numbers=("orderNo", "createTime"),
        final=_FIAT_FINAL,
        states=_FIAT_STATES,
        stuck=_FIAT_STUCK,
        asset="fiatCurrency",
    )


def card(direction: str, asset: str, amount: str) -> Way:
    """A purchase or sale of crypto by card or bank."""
    return Way(
        direction=direction,
        numbers=("orderNo", "createTime"),
        final=_FIAT_FINAL,
        states=_FIAT_STATES,
        stuck=_FIAT_STUCK,
        asset=asset,
        amount=amount,
    )


P2P = Way(
    direction=mark("P2P order"),
    numbers=("orderNumber",),
    state="orderStatus",
    asset="asset",
    final=frozenset({"COMPLETED", "CANCELLED", "CANCELLED_BY_SYSTEM"}),
    states={
        "PENDING": mark("pending"),
        "TRADING": mark("waiting for the payment"),
        "BUYER_PAYED": mark("paid, waiting for the release"),
        "DISTRIBUTING": mark("being released"),
        "IN_APPEAL": mark("in appeal"),
    },
    stuck=frozenset({"IN_APPEAL"}),
)


def conversion(row: Row, _context: Context) -> Iterable[Record]:
    """A conversion that is still running."""
    state = row.text("orderStatus")
    if state not in {"SUCCESS", "FAIL"}:
        known = state in {"PROCESS", "ACCEPT_SUCCESS"}
        paid: Decimal | None = row.hint_amount("fromAmount")
        yield Flow(
            subject=row.text("orderId"),
            row=row.raw,
            direction=mark("conversion"),
            asset=row.text("fromAsset"),
            amount=paid,
            state=state,
            reason=mark("running") if known else UNNAMED,
            stuck=False,
            known=known,
            started_at=row.hint_time("createTime"),
            ready_at=None,
        )
