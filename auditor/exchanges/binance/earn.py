"""Binance: holdings in earn products."""

from collections.abc import Iterable
from decimal import Decimal

from auditor.exchanges.binance.limits import SAPI, SAPI_2, sapi
from auditor.exchanges.binance.pages import PAGE_ROWS, PAGES
from auditor.exchanges.binance.sources import documented
from auditor.exchanges.binance.words import EARN_STATES
from auditor.exchanges.shared.readers import earning, figures
from auditor.i18n import mark
from auditor.model.records import Area, Earning, Part, Record
from auditor.spec.endpoint import Numbered
from auditor.spec.fields import amount, inner, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.rows import object_row, rows_in
from auditor.spec.surface import Surface
from auditor.spec.words import state_in_words


def _coin(row: Row, product: str, asset: str, figure: Decimal) -> Earning:
    return Earning(
        subject=asset,
        row=row.raw,
        product=product,
        asset=asset,
        amount=figure,
        held={},
        state=mark("held"),
        redeeming=False,
        ready_at=None,
    )


@reads(text("productId"), text("asset"), amount("totalAmount"), amount("collateralAmount"))
def flexible(row: Row, _context: Context) -> Iterable[Record]:
    """Read a flexible product: its amount, and the part that is collateral of a loan."""
    yield Earning(
        subject=row.text("productId"),
        row=row.raw,
        product=mark("Simple Earn Flexible"),
        asset=row.text("asset"),
        amount=row.amount("totalAmount"),
        held=figures(row, {"pledged": "collateralAmount"}),
        state=mark("held"),
        redeeming=False,
        ready_at=None,
    )


SIMPLE_EARN_FLEXIBLE = Surface(
    id="simple-earn-flexible",
    area=Area.EARN,
    title="Simple Earn Flexible",
    endpoint=documented(SAPI, "simple-earn/flexible/position", sapi(150), pagination=PAGES, rows=PAGE_ROWS),
    reader=flexible,
)


def locked(product: str) -> Reader:
    """Read a locked position of Simple Earn or On-chain Yields."""

    @reads(text("positionId"), text("asset"), amount("amount"), amount("redeemingAmt"), text("status"))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        held = figures(row, {Part.REDEEMING: "redeemingAmt"})
        yield Earning(
            subject=row.text("positionId"),
            row=row.raw,
            product=product,
            asset=row.text("asset"),
            # A listed position is a holding, whatever its amount.
            amount=row.amount("amount") or None,
            held=held,
            state=state_in_words(row.text("status"), EARN_STATES),
            redeeming=any(held.values()),
            ready_at=row.hint_time("deliverDate"),
        )

    return read


SIMPLE_EARN_LOCKED = Surface(
    id="simple-earn-locked",
    area=Area.EARN,
    title="Simple Earn Locked",
    endpoint=documented(SAPI, "simple-earn/locked/position", sapi(150), pagination=PAGES, rows=PAGE_ROWS),
    reader=locked("Simple Earn Locked"),
)
ON_CHAIN_YIELDS = Surface(
    id="on-chain-yields",
    area=Area.EARN,
    title="On-chain Yields",
    endpoint=documented(SAPI, "onchain-yields/locked/position", sapi(50), pagination=PAGES, rows=PAGE_ROWS),
    reader=locked("On-chain Yields"),
)


def coin(product: str, asset: str, name: str) -> Reader:
    """Read an account that holds one coin. ``name``: the field of its amount."""

    @reads(amount(name))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield _coin(row, product, asset, row.amount(name))

    return read


BFUSD = Surface(
    id="bfusd",
    area=Area.EARN,
    title="BFUSD",
    endpoint=documented(SAPI, "bfusd/account", sapi(150), rows=object_row),
    reader=coin("BFUSD", "BFUSD", "bfusdAmount"),
)
RWUSD = Surface(
    id="rwusd",
    area=Area.EARN,
    title="RWUSD",
    endpoint=documented(SAPI, "rwusd/account", sapi(150), rows=object_row),
    reader=coin("RWUSD", "RWUSD", "rwusdAmount"),
)


@reads(inner("holdings", amount("wbethAmount"), amount("bethAmount")))
def eth_staking(row: Row, _context: Context) -> Iterable[Record]:
    """Read ETH staking: WBETH and BETH, which the spot wallet shows too."""
    holdings = row.inner("holdings")
    yield _coin(row, mark("ETH staking"), "WBETH", holdings.amount("wbethAmount"))
    yield _coin(row, mark("ETH staking"), "BETH", holdings.amount("bethAmount"))


ETH_STAKING = Surface(
    id="eth-staking",
    area=Area.EARN,
    title="ETH staking",
    endpoint=documented(SAPI_2, "eth-staking/account", sapi(150), rows=object_row),
    reader=eth_staking,
)
SOL_STAKING = Surface(
    id="sol-staking",
    area=Area.EARN,
    title="SOL staking",
    endpoint=documented(SAPI, "sol-staking/account", sapi(150), rows=object_row),
    reader=coin("SOL staking", "BNSOL", "bnsolAmount"),
)
SOL_STAKING_REWARDS = Surface(
    id="sol-staking-rewards",
    area=Area.EARN,
    title="SOL staking: unclaimed rewards",
    endpoint=documented(SAPI, "sol-staking/sol/history/unclaimedRewards", sapi(150)),
    reader=earning(
        product=mark("SOL staking rewards, unclaimed"), asset="rewardsAsset", amount="amount", state=mark("held")
    ),
)

SETTLED = frozenset({"SETTLED", "PURCHASE_FAIL", "REFUND_SUCCESS"})


@reads(text("id"), text("investCoin"), amount("subscriptionAmount"), text("purchaseStatus"))
def dual_investment(row: Row, _context: Context) -> Iterable[Record]:
    """Read a dual investment that is not settled."""
    state = row.text("purchaseStatus")
    if state not in SETTLED:
        yield Earning(
            subject=row.text("id"),
            row=row.raw,
            product=mark("Dual Investment"),
            asset=row.text("investCoin"),
            amount=row.amount("subscriptionAmount") or None,
            held={},
            state=state_in_words(state, EARN_STATES),
            redeeming=state in {"SETTLING", "REFUNDING"},
            ready_at=row.hint_time("settleDate"),
        )


DUAL_INVESTMENT = Surface(
    id="dual-investment",
    area=Area.EARN,
    title="Dual Investment",
    endpoint=documented(
        SAPI,
        "dci/product/positions",
        sapi(1),
        pagination=Numbered(number="pageIndex", limit="pageSize"),
        rows=rows_in("list"),
    ),
    reader=dual_investment,
)

EARN = (
    SIMPLE_EARN_FLEXIBLE,
    SIMPLE_EARN_LOCKED,
    ON_CHAIN_YIELDS,
    BFUSD,
    RWUSD,
    ETH_STAKING,
    SOL_STAKING,
    SOL_STAKING_REWARDS,
    DUAL_INVESTMENT,
)
