"""Bybit: on-chain tokens, liquidity pools and predictions of Alpha.

They are read by POST. Whether a key that can only read may ask them is not documented: refused, they are looked at by
eye, and the overview shows what they are worth.
"""

from collections.abc import Iterable

from auditor.exchanges.bybit.errors import BY_EYE
from auditor.exchanges.bybit.sources import documented, rows_with_total
from auditor.i18n import mark
from auditor.model.records import Area, Earning, Position, Record
from auditor.spec.endpoint import Limit, Numbered
from auditor.spec.fields import amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import rows_in
from auditor.spec.surface import Surface
from auditor.spec.words import state_in_words

ALPHA = "Alpha"


@reads(text("tokenCode"), text("tokenSymbol"), amount("tokenAmount"))
def alpha_token(row: Row, _context: Context) -> Iterable[Record]:
    """Read an on-chain token that Bybit holds for the user."""
    yield Earning(
        subject=row.text("tokenCode"),
        row=row.raw,
        product=ALPHA,
        asset=row.text("tokenSymbol"),
        amount=row.amount("tokenAmount"),
        held={},
        state=mark("held"),
        redeeming=False,
        ready_at=None,
    )


ALPHA_TOKENS = Surface(
    id="alpha-tokens",
    area=Area.EARN,
    title="Alpha: on-chain tokens",
    endpoint=documented(
        "v5/alpha/trade/asset-list",
        "Alpha, Trade, Get Asset List",
        method="POST",
        rows=rows_with_total("assetList", "tokenAmount", "totalAssetUsd"),
    ),
    reader=alpha_token,
    manual_check=BY_EYE,
)

POOL_STATES = {"1": mark("active"), "3": mark("being processed")}
CLOSED_POOL = "2"


@reads(
    text("positionId"),
    text("status"),
    text("stakedTokenSymbol"),
    amount("token0Amount"),
    amount("token1Amount"),
    optional_amount("currentValueUsd"),
)
def pool_position(row: Row, _context: Context) -> Iterable[Record]:
    """Read a share in a liquidity pool that is not closed, whatever its amounts.

    ``stakedAmount`` is what was paid in: it says nothing of what is left in a closed one.
    """
    state = row.text("status")
    tokens = {mark("first token"): row.amount("token0Amount"), mark("second token"): row.amount("token1Amount")}
    worth = row.amount_or_none("currentValueUsd")
    if state == CLOSED_POOL and not (any(tokens.values()) or worth):
        return
    yield Earning(
        subject=row.text("positionId"),
        row=row.raw,
        product=mark("Alpha liquidity pool"),
        asset=row.text("stakedTokenSymbol"),
        amount=row.hint_amount("stakedAmount") or None,
        held=tokens if worth is None else {**tokens, mark("worth in USD"): worth},
        state=state_in_words(state, POOL_STATES),
        redeeming=False,
        ready_at=None,
    )


ALPHA_POOLS = Surface(
    id="alpha-pools",
    area=Area.EARN,
    title="Alpha: liquidity pools",
    endpoint=documented(
        "v5/alpha/lp/position-list",
        "Alpha, Liquidity Pool, Get Position List",
        Limit(3, 1),
        method="POST",
        rows=rows_in("positions"),
    ),
    reader=pool_position,
    manual_check=BY_EYE,
)


@reads(text("positionId"), text("eventId"), amount("shares"))
def prediction(row: Row, _context: Context) -> Iterable[Record]:
    """Read shares in the outcome of an event, also of one that has ended: its payout may be due."""
    yield Position(
        subject=row.text("positionId"),
        row=row.raw,
        market=row.text("eventId"),
        kind=mark("prediction"),
        side=row.hint("outcomeName") or None,
        amount=row.amount("shares"),
        held={},
    )


PREDICTIONS = Surface(
    id="predictions",
    area=Area.POSITIONS,
    title="Alpha: predictions",
    endpoint=documented(
        "v5/alpha/prediction/position-list",
        "Alpha, Prediction, Get Position List",
        method="POST",
        rows=rows_with_total("positions", "shares", "totalAssetUsd"),
        pages=Numbered(number="pageIndex", limit="limit", size=20, total="total"),
        numbers=frozenset({"pageIndex", "limit"}),
    ),
    reader=prediction,
    manual_check=BY_EYE,
)

ON_CHAIN = (ALPHA_TOKENS, ALPHA_POOLS, PREDICTIONS)
