"""Binance: what its earn products hold, and what is on its way in and out of them."""

from auditor.exchanges.binance.readers import earn
from auditor.exchanges.binance.sources import SAPI, SAPI_2, sapi
from auditor.exchanges.binance.table.shared import DUE, PAGES, QUARTER, ROWS, surface
from auditor.model.records import Area
from auditor.spec.fields import amount, inner, text
from auditor.spec.surface import Limit, Numbered, Query, Surface, listed, whole


def _request(name: str, product: str, path: str, limit: Limit, number: str, *, redeeming: bool = True) -> Surface:
    """Redemptions or subscriptions of an earn product over the last 89 days: none takes longer."""
    what = "redemption" if redeeming else "subscription"
    return surface(
        f"{name}-{what}s",
        f"{product}: {what}s under way",
        SAPI,
        path,
        limit,
        *(text("asset"), amount("amount"), text("status")),
        area=Area.EARN,
        queries=(Query(back=QUARTER),),
        windows=DUE,
        paging=PAGES,
        rows=ROWS,
        read=earn.request(product, number, what, redeeming=redeeming),
    )


LOCKED = (text("positionId"), text("asset"), amount("amount"), amount("redeemingAmt"), text("status"))
SIMPLE, LOCKED_EARN, YIELDS = "simple-earn/flexible", "simple-earn/locked", "onchain-yields/locked"
EARN = (
    surface(
        "simple-earn-flexible",
        "Simple Earn flexible",
        SAPI,
        f"{SIMPLE}/position",
        sapi(150),
        *(text("productId"), text("asset"), amount("totalAmount"), amount("collateralAmount")),
        area=Area.EARN,
        paging=PAGES,
        rows=ROWS,
        read=earn.flexible,
    ),
    surface(
        "simple-earn-locked",
        "Simple Earn locked",
        SAPI,
        f"{LOCKED_EARN}/position",
        sapi(150),
        *LOCKED,
        area=Area.EARN,
        paging=PAGES,
        rows=ROWS,
        read=earn.locked("Simple Earn locked"),
    ),
    surface(
        "on-chain-yields",
        "On-chain Yields",
        SAPI,
        f"{YIELDS}/position",
        sapi(50),
        *LOCKED,
        area=Area.EARN,
        paging=PAGES,
        rows=ROWS,
        read=earn.locked("On-chain Yields"),
    ),
    *(
        surface(
            coin.lower(),
            coin,
            SAPI,
            f"{coin.lower()}/account",
            sapi(150),
            amount(f"{coin.lower()}Amount"),
            area=Area.EARN,
            rows=whole,
            read=earn.coin(coin, coin, f"{coin.lower()}Amount"),
        )
        for coin in ("BFUSD", "RWUSD")
    ),
    surface(
        "eth-staking",
        "ETH staking",
        SAPI_2,
        "eth-staking/account",
        sapi(150),
        inner("holdings", amount("wbethAmount"), amount("bethAmount")),
        area=Area.EARN,
        rows=whole,
        read=earn.eth,
    ),
    surface(
        "sol-staking",
        "SOL staking",
        SAPI,
        "sol-staking/account",
        sapi(150),
        amount("bnsolAmount"),
        area=Area.EARN,
        rows=whole,
        read=earn.coin("SOL staking", "BNSOL", "bnsolAmount"),
    ),
    surface(
        "sol-staking-rewards",
        "SOL staking: unclaimed rewards",
        SAPI,
        "sol-staking/sol/history/unclaimedRewards",
        sapi(150),
        *(text("rewardsAsset"), amount("amount")),
        area=Area.EARN,
        read=earn.unclaimed,
    ),
    surface(
        "dual-investment",
        "Dual Investment",
        SAPI,
        "dci/product/positions",
        sapi(1),
        *(text("id"), text("investCoin"), amount("subscriptionAmount"), text("purchaseStatus")),
        area=Area.EARN,
        paging=Numbered(number="pageIndex", limit="pageSize"),
        rows=listed("list"),
        read=earn.dual,
    ),
    _request(
        "simple-earn-flexible", "Simple Earn flexible", f"{SIMPLE}/history/redemptionRecord", sapi(150), "redeemId"
    ),
    _request(
        "simple-earn-locked", "Simple Earn locked", f"{LOCKED_EARN}/history/redemptionRecord", sapi(150), "redeemId"
    ),
    _request("on-chain-yields", "On-chain Yields", f"{YIELDS}/history/redemptionRecord", sapi(50), "redeemId"),
    *(
        _request(name, product, path, sapi(weight), "purchaseId", redeeming=False)
        for name, product, path, weight in (
            ("simple-earn-flexible", "Simple Earn flexible", f"{SIMPLE}/history/subscriptionRecord", 150),
            ("simple-earn-locked", "Simple Earn locked", f"{LOCKED_EARN}/history/subscriptionRecord", 150),
            ("on-chain-yields", "On-chain Yields", f"{YIELDS}/history/subscriptionRecord", 50),
            ("eth-staking", "ETH staking", "eth-staking/eth/history/stakingHistory", 150),
            ("sol-staking", "SOL staking", "sol-staking/sol/history/stakingHistory", 150),
        )
    ),
    _request("eth-staking", "ETH staking", "eth-staking/eth/history/redemptionHistory", sapi(150), "time"),
    _request("sol-staking", "SOL staking", "sol-staking/sol/history/redemptionHistory", sapi(150), "time"),
    _request("bfusd", "BFUSD", "bfusd/history/redemptionHistory", sapi(150), "time"),
    _request("rwusd", "RWUSD", "rwusd/history/redemptionHistory", sapi(150), "time"),
)
