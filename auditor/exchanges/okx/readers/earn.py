"""OKX: how to read a row of an earn product."""

from collections.abc import Iterable
from decimal import Decimal

from auditor.exchanges.okx.readers.wallets import held_parts
from auditor.i18n import _, mark
from auditor.model.records import Earning, Record
from auditor.spec.fields import Malformed, Row
from auditor.spec.surface import Context, Reader


def savings(row: Row, _context: Context) -> Iterable[Record]:
    """Simple Earn flexible: held, lent out or waiting to be lent."""
    asset = row.text("ccy")
    yield Earning(
        subject=asset,
        row=row.raw,
        product=mark("Simple Earn flexible"),
        asset=asset,
        amount=row.amount("amt"),
        held=held_parts(row, lent="loanAmt", pending="pendingAmt", redeeming="redemptAmt"),
        state=mark("held"),
        redeeming=False,
        ready_at=None,
    )


def fixed_earn(row: Row, _context: Context) -> Iterable[Record]:
    """Fixed-term Simple Earn: only the state is known; whatever is not paid out or called off is held."""
    state = row.text("state")
    # What "expired" means is documented nowhere: it may wait to be paid out.
    if state in {"settled", "cancelled"}:
        return
    number = row.hint("ordId") or row.hint("reqId") or row.hint("cTime") or state
    asset = row.hint("ccy") or "?"
    yield Earning(
        subject=number,
        row=row.raw,
        product=mark("Simple Earn fixed"),
        asset=asset,
        amount=row.hint_amount("amt"),
        held={},
        state=state,
        redeeming=False,
        ready_at=row.hint_time("expTime"),
    )


ONCHAIN_STATES = {
    "8": mark("pending"),
    "13": mark("cancelling"),
    "9": mark("on chain"),
    "1": mark("earning"),
    "2": mark("redeeming"),
}


def onchain(row: Row, _context: Context) -> Iterable[Record]:
    """On-chain earn orders that are active: one record for each asset invested."""
    state, order = row.text("state"), row.text("ordId")
    fast = {"redeeming": sum((r.amount("redeemingAmt") for r in row.rows("fastRedemptionData")), Decimal(0))}
    for index, part in enumerate(row.rows("investData")):
        yield Earning(
            subject=f"{order}:{part.text('ccy')}",
            row=row.raw,
            product=mark("On-chain earn"),
            asset=part.text("ccy"),
            # An active order is a holding whatever its first amount says.
            amount=part.amount("amt") or None,
            held=fast if index == 0 else {},
            state=ONCHAIN_STATES.get(state, state),
            redeeming=state in {"2", "13"},
            ready_at=row.hint_time("estSettlementTime"),
        )
    if not row.rows("investData"):
        raise Malformed(_("investData of an active order is empty"))


def staked(product: str) -> Reader:
    """ETH or SOL staking: the snapshot that includes what is being redeemed."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        asset = row.text("ccy")
        yield Earning(
            subject=asset,
            row=row.raw,
            product=product,
            asset=asset,
            amount=row.amount("amt"),
            held={},
            state=mark("staked"),
            redeeming=False,
            ready_at=None,
        )

    return read


def staking_request(product: str, asset: str) -> Reader:
    """ETH or SOL staking: a purchase or redemption that is not final."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        state = row.text("status")
        if state in {"success", "failed", "cancelled"}:
            return
        yield Earning(
            subject=row.hint("ordId") or row.hint("requestTime"),
            row=row.raw,
            product=product,
            asset=asset,
            amount=row.amount("amt") or None,
            held=held_parts(row, redeeming="redeemingAmt"),
            state=state,
            redeeming=row.text("type") != "purchase",
            ready_at=row.time("estCompletedTime"),
        )

    return read


def dual_investment(row: Row, _context: Context) -> Iterable[Record]:
    """Dual investment orders that are not settled."""
    state = row.text("state")
    if state in {"settled", "redeemed", "rejected"}:
        return
    yield Earning(
        subject=row.text("ordId"),
        row=row.raw,
        product=mark("Dual investment"),
        asset=row.text("notionalCcy"),
        amount=row.amount("notionalSz") or None,
        held={},
        state=state,
        redeeming=state in {"pending_settle", "pending_redeem"},
        ready_at=row.hint_time("expTime"),
    )


def stable_rewards(row: Row, _context: Context) -> Iterable[Record]:
    """Stable rewards: held across trading, funding and redemptions under way; overlaps ordinary balances."""
    asset = row.text("ccy")
    yield Earning(
        subject=asset,
        row=row.raw,
        product=mark("Stable rewards"),
        asset=asset,
        amount=row.amount("amt"),
        held={},
        state=row.text("state"),
        redeeming=False,
        ready_at=None,
    )


def stable_rewards_request(row: Row, _context: Context) -> Iterable[Record]:
    """A subscription or redemption of stable rewards that is not final."""
    state = row.text("status")
    if state in {"success", "failed"}:
        return
    yield Earning(
        subject=row.text("ordId"),
        row=row.raw,
        product=mark("Stable rewards"),
        asset=row.text("ccy"),
        amount=row.amount("ccyAmt") or None,
        held={},
        state=state,
        redeeming=row.text("type") != "subscribe",
        ready_at=None,
    )


def undescribed(_row: Row, _context: Context) -> Iterable[Record]:
    """An answer whose rows no documentation describes: it may hold something, so it is not read."""
    raise Malformed(_("OKX documents no such answer; look at this product by eye"))
