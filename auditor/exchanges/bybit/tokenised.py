"""Bybit: BYUSDT and tokenised assets."""

from collections.abc import Iterable
from datetime import timedelta

from auditor.exchanges.bybit.earn_rows import TEN, EarnRow, earn_place, earn_rows, over_in
from auditor.exchanges.bybit.sources import PAGES_OF_50, PAGES_OF_100, asking, documented, windows
from auditor.exchanges.bybit.words import EARN_STATES
from auditor.i18n import mark
from auditor.model.records import Earning, Part, Record
from auditor.spec.endpoint import Query
from auditor.spec.fields import amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import object_row
from auditor.spec.words import state_in_words

BYUSDT, TOKENISED = "BYUSDT", mark("Tokenised assets (RWA)")


@reads(amount("totalAmount"))
def byusdt(row: Row, _context: Context) -> Iterable[Record]:
    """Read what is held in BYUSDT; the yield of all time is no holding."""
    yield Earning(
        subject=BYUSDT,
        row=row.raw,
        product=BYUSDT,
        asset=BYUSDT,
        amount=row.amount("totalAmount"),
        held={},
        state=mark("held"),
        redeeming=False,
        ready_at=None,
        same_as=(("funding", "unified"),),
    )


TOKENS = (
    earn_place(
        "byusdt",
        "BYUSDT",
        documented("v5/earn/token/position", "Earn, BYUSDT, Get Position", TEN, asking(coin=BYUSDT), rows=object_row),
        byusdt,
    ),
    earn_place(
        "byusdt-orders",
        "BYUSDT: orders under way",
        documented("v5/earn/token/order", "Earn, BYUSDT, Get Order List", TEN, asking(coin=BYUSDT), pages=PAGES_OF_100),
        earn_rows(
            EarnRow(product=BYUSDT, number="orderId", asset="fromCoin", amount="fromAmount", moves=True),
            over_in("Success", "Fail"),
        ),
    ),
)


@reads(
    text("productId"),
    text("coin"),
    amount("effectiveShare"),
    amount("processingStakeAmount"),
    amount("processingRedeemShare"),
    amount("holdAmount"),
)
def tokenised(row: Row, _context: Context) -> Iterable[Record]:
    """Read a position in a tokenised asset, and what is on its way in or out."""
    coming, going = row.amount("processingStakeAmount"), row.amount("processingRedeemShare")
    yield Earning(
        subject=f"{row.text('productId')}:{row.text('coin')}",
        row=row.raw,
        product=TOKENISED,
        asset=row.text("coin"),
        amount=row.amount("holdAmount"),
        held={mark("share"): row.amount("effectiveShare"), Part.PENDING: coming, Part.REDEEMING: going},
        state=mark("held"),
        redeeming=bool(going),
        ready_at=None,
    )


@reads(text("orderId"), text("coin"), text("status"), optional_amount("stakeAmount"), optional_amount("redeemShares"))
def tokenised_order(row: Row, _context: Context) -> Iterable[Record]:
    """Read an order that is not over: one to redeem is in shares, one to stake in the coin."""
    state, shares = row.text("status"), row.amount_or_none("redeemShares")
    if state in {"Success", "Failed"}:
        return
    yield Earning(
        subject=row.text("orderId"),
        row=row.raw,
        product=TOKENISED,
        asset=row.text("coin"),
        amount=row.amount_or_none("stakeAmount") or None,
        held={} if shares is None else {Part.REDEEMING: shares},
        state=state_in_words(state, EARN_STATES),
        redeeming=shares is not None,
        ready_at=None,
    )


RWA = (
    earn_place(
        "rwa", "Tokenised assets", documented("v5/earn/rwa/position", "Earn, RWA, Get Position", TEN), tokenised
    ),
    earn_place(
        "rwa-orders",
        "Tokenised assets: orders under way",
        documented(
            "v5/earn/rwa/order",
            "Earn, RWA, Get Order List",
            TEN,
            # The page answers for the last 180 days at most.
            Query(back=timedelta(days=179)),
            pages=PAGES_OF_50,
            windows=windows(179, seconds=True),
        ),
        tokenised_order,
    ),
)
