"""OKX: everything that earns, and requests on their way in or out."""

from auditor.exchanges.okx.readers import earn, markets
from auditor.exchanges.okx.sources import ATK, CCXT, DOC
from auditor.exchanges.okx.table.shared import BACK, ID, UNDOCUMENTED, filtered
from auditor.model.records import Area
from auditor.spec.fields import always, amount, retired, rows, text, time
from auditor.spec.surface import Limit, Paging, Query, Surface, within

NO_SAVINGS = {"58002": "Savings was never activated on this account."}
EARN = (
    Surface(
        id="simple-earn",
        area=Area.EARN,
        title="Simple Earn flexible",
        path="finance/savings/balance",
        limit=Limit(6, 1),
        proves=(text("ccy"), amount("amt"), amount("loanAmt"), amount("pendingAmt"), retired("redemptAmt")),
        read=earn.savings,
        absent=NO_SAVINGS,
        source=f"{DOC}, Simple earn flexible, Get saving balance",
    ),
    Surface(
        id="simple-earn-fixed",
        area=Area.EARN,
        title="Simple Earn fixed-term",
        path="finance/simple-earn-fixed/order-list",
        limit=Limit(3, 1),
        queries=filtered("state", ("pending", "earning")),
        proves=(text("state"),),
        read=earn.fixed_earn,
        absent=NO_SAVINGS,
        standing=UNDOCUMENTED,
        source=ATK,
    ),
    Surface(
        id="on-chain-earn",
        area=Area.EARN,
        title="On-chain earn",
        path="finance/staking-defi/orders-active",
        limit=Limit(3, 1),
        proves=(
            text("ordId"),
            text("state"),
            rows("investData", text("ccy"), amount("amt")),
            rows("fastRedemptionData", amount("redeemingAmt")),
        ),
        read=earn.onchain,
        source=f"{DOC}, On-chain earn, Get active orders",
    ),
    *(
        surface
        for coin, token, name in (("eth", "BETH", "ETH staking"), ("sol", "OKSOL", "SOL staking"))
        for surface in (
            Surface(
                id=f"{coin}-staking",
                area=Area.EARN,
                title=name,
                path=f"finance/staking-defi/{coin}/balance",
                limit=Limit(6, 1),
                proves=(text("ccy"), amount("amt")),
                read=earn.staked(name),
                source=f"{DOC}, {name}, Get balance",
            ),
            Surface(
                id=f"{coin}-staking-requests",
                area=Area.EARN,
                title=f"{name}: purchases and redemptions under way",
                path=f"finance/staking-defi/{coin}/purchase-redeem-history",
                limit=Limit(6, 1),
                queries=filtered("status", ("pending",), rest=Query(back=BACK)),
                paging=Paging(cursor="after", key="requestTime"),
                proves=(
                    text("type"),
                    text("status"),
                    amount("amt"),
                    amount("redeemingAmt", always),
                    time("requestTime"),
                    time("estCompletedTime", always),
                ),
                read=earn.staking_request(name, token),
                source=f"{DOC}, {name}, Get purchase and redeem history",
            ),
        )
    ),
    Surface(
        id="dual-investment",
        area=Area.EARN,
        title="Dual investment",
        path="finance/sfp/dcd/order-history",
        limit=Limit(1, 1),
        paging=Paging(cursor="endId", key="ordId"),
        proves=(text("ordId"), text("state"), amount("notionalSz"), text("notionalCcy")),
        read=earn.dual_investment,
        source=f"{DOC}, Dual investment, Get order history",
    ),
    Surface(
        id="stable-rewards",
        area=Area.EARN,
        title="Stable rewards",
        path="finance/stable-rewards/balance",
        limit=Limit(5, 2),
        rows=within("details"),
        proves=(text("ccy"), amount("amt"), text("state")),
        read=earn.stable_rewards,
        source=f"{DOC}, Stable rewards, Get balance",
    ),
    Surface(
        id="stable-rewards-requests",
        area=Area.EARN,
        title="Stable rewards: subscriptions and redemptions under way",
        path="finance/stable-rewards/subscribe-redeem-history",
        limit=Limit(5, 2),
        paging=ID,
        proves=(text("ordId"), text("type"), text("status"), text("ccy"), amount("ccyAmt")),
        read=earn.stable_rewards_request,
        after=("stable-rewards",),
        plan=markets.each_reward,
        standing=UNDOCUMENTED,
        source=f"{DOC}, Stable rewards, Get subscribe and redeem history; withdrawn in the copy of July 2026",
    ),
    Surface(
        id="okusd",
        area=Area.EARN,
        title="OKUSD",
        path="finance/okusd/account",
        limit=Limit(1, 1),
        proves=(),
        read=earn.undescribed,
        standing=UNDOCUMENTED,
        source=CCXT,
    ),
)
