"""Binance: how to read a row of an earn product."""

from collections.abc import Iterable
from decimal import Decimal

from auditor.exchanges.binance.readers.rows import parts
from auditor.i18n import mark
from auditor.model.records import Bot, Earning, Part, Record
from auditor.spec.fields import Row
from auditor.spec.surface import Context, Reader

FINAL = frozenset({"PAID", "SUCCESS", "FAILED"})


def flexible(row: Row, _context: Context) -> Iterable[Record]:
    """Simple Earn flexible: what is held, and how much of it is pledged to a loan."""
    yield _earning(
        row,
        row.text("productId"),
        mark("Simple Earn flexible"),
        row.text("asset"),
        row.amount("totalAmount"),
        held=parts(row, pledged="collateralAmount"),
    )


def locked(product: str) -> Reader:
    """A locked position of Simple Earn or On-chain Yields."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        held = parts(row, **{Part.REDEEMING: "redeemingAmt"})
        yield Earning(
            subject=row.text("positionId"),
            row=row.raw,
            product=product,
            asset=row.text("asset"),
            # A position that is listed is a holding whatever its amount says.
            amount=row.amount("amount") or None,
            held=held,
            state=row.text("status"),
            redeeming=any(held.values()),
            ready_at=row.hint_time("deliverDate"),
        )

    return read


def request(product: str, number: str, what: str, *, redeeming: bool) -> Reader:
    """A subscription or redemption that is not final; a state that nobody knows is not."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        state = row.text("status")
        if state not in FINAL:
            yield Earning(
                subject=f"{what}:{row.hint(number) or row.hint('time')}",
                row=row.raw,
                product=product,
                asset=row.text("asset"),
                amount=row.amount("amount") or None,
                held={},
                state=state,
                redeeming=redeeming,
                ready_at=row.hint_time("arrivalTime") or row.hint_time("deliverDate"),
            )

    return read


def coin(product: str, asset: str, name: str) -> Reader:
    """An account that holds one coin."""
    return lambda row, _context: (_earning(row, asset, product, asset, row.amount(name)),)


def eth(row: Row, _context: Context) -> Iterable[Record]:
    """ETH staking: WBETH and BETH, which also lie in the spot wallet."""
    holdings = row.inner("holdings")
    for asset, name in (("WBETH", "wbethAmount"), ("BETH", "bethAmount")):
        yield _earning(row, asset, mark("ETH staking"), asset, holdings.amount(name))


def unclaimed(row: Row, _context: Context) -> Iterable[Record]:
    """Rewards of SOL staking that were not claimed."""
    asset = row.text("rewardsAsset")
    yield _earning(row, asset, mark("SOL staking rewards, unclaimed"), asset, row.amount("amount"))


SETTLED = frozenset({"SETTLED", "PURCHASE_FAIL", "REFUND_SUCCESS"})


def dual(row: Row, _context: Context) -> Iterable[Record]:
    """A dual investment that is not settled."""
    state = row.text("purchaseStatus")
    if state not in SETTLED:
        yield Earning(
            subject=row.text("id"),
            row=row.raw,
            product=mark("Dual Investment"),
            asset=row.text("investCoin"),
            amount=row.amount("subscriptionAmount") or None,
            held={},
            state=state,
            redeeming=state in {"SETTLING", "REFUNDING"},
            ready_at=row.hint_time("settleDate"),
        )


def recurring(row: Row, _context: Context) -> Iterable[Record]:
    """An auto-invest plan that was not removed: it buys again after the account was emptied."""
    state = row.text("status")
    if state != "REMOVED":
        target = row.hint("targetAsset")
        yield Bot(
            subject=row.text("planId"),
            row=row.raw,
            kind=mark("recurring buy"),
            state=state,
            market=None,
            assets=(target,) if target else (),
            amount=None,
            asset=None,
            repeats=True,
        )


def _earning(
    row: Row, subject: str, product: str, asset: str, figure: Decimal, *, held: dict[str, Decimal] | None = None
) -> Earning:
    return Earning(
        subject=subject,
        row=row.raw,
        product=product,
        asset=asset,
        amount=figure,
        held=held or {},
        state=mark("held"),
        redeeming=False,
        ready_at=None,
    )
