"""OKX: what happened in its Earn products, loans and copy trading. What a product accrued is no change of a balance."""

from auditor.exchanges.okx.archive_lists.explaining import (
    DAYS_30,
    FUNDING,
    MONTH,
    QUARTER,
    TRADING,
    YEAR,
    asked,
    explaining,
    in_table,
)
from auditor.i18n import mark
from auditor.spec.endpoint import Limit
from auditor.spec.second_list import SecondList

LOANS = frozenset({"175", "176", "177", "178", "179", "180", "212", "213", "214", "215", "216", "217", "218", "232"})

INTEREST = explaining(
    id="loan-interest",
    title=mark("Interest on loans"),
    **asked("account/interest-accrued", "Trading account, Get interest accrued data", Limit(5, 2), by="ts"),
    reach=YEAR,
    **in_table(
        "products",
        "loan interest",
        # Interest on two loans of one coin may be of one moment: nothing else tells their rows apart.
        number="ccy instId mgnMode type ts interest liab",
        time="ts",
        columns="type:mgnMode asset:ccy amount:interest other_amount:liab rate:interestRate",
    ),
    ties=True,
    used_by={TRADING: frozenset({"7"})},
)
BORROWINGS = explaining(
    id="borrowings",
    title=mark("Borrowings and repayments"),
    **asked("account/spot-borrow-repay-history", "Trading account, Get borrow/repay history", Limit(5, 2), by="ts"),
    **in_table(
        "products",
        "borrowing",
        number="ccy type ts amt",
        time="ts",
        columns="type asset:ccy amount:amt other_amount:accBorrowed",
    ),
    ties=True,
)
FLEXIBLE_LOANS = explaining(
    id="flexible-loans",
    title=mark("Flexible loans"),
    **asked("finance/flexible-loan/loan-history", "Flexible loan, Get loan history", Limit(5, 2), by="refId"),
    **in_table("products", "flexible loan", number="refId", time="ts", columns="type asset:ccy amount:amt"),
    used_by={FUNDING: LOANS},
)
FLEXIBLE_LOAN_INTEREST = explaining(
    id="flexible-loan-interest",
    title=mark("Interest on flexible loans"),
    **asked("finance/flexible-loan/interest-accrued", "Flexible loan, Get accrued interest", Limit(5, 2), by="refId"),
    reach=DAYS_30,
    **in_table(
        "products",
        "flexible loan interest",
        number="refId",
        time="ts",
        columns="asset:ccy amount:interest other_amount:loan rate:interestRate",
    ),
    used_by={FUNDING: LOANS},
)
SIMPLE_EARN = explaining(
    id="simple-earn",
    title=mark("Simple Earn: earnings"),
    **asked("finance/savings/lending-history", "Simple earn flexible, Get lending history", Limit(6, 1), by="ts"),
    reach=MONTH,
    **in_table(
        "products",
        "Simple Earn",
        number="ccy ts amt earnings",
        time="ts",
        columns="asset:ccy amount:amt earned:earnings rate",
    ),
    ties=True,
    used_by={FUNDING: frozenset({"75", "76", "89"})},
)
ON_CHAIN_EARN = explaining(
    id="on-chain-earn",
    title=mark("On-chain earn"),
    **asked("finance/staking-defi/orders-history", "On-chain earn, Get order history", Limit(3, 1), by="ordId"),
    **in_table(
        "products",
        "on-chain earn",
        number="ordId",
        time="purchasedTime",
        columns=(
            "type:protocol asset:investData.ccy amount:investData.amt earned:earningData.realizedEarnings rate:apy "
            "state"
        ),
    ),
    used_by={FUNDING: frozenset({"80", "82", "83"})},
)


def _staking(coin: str, title: str, types: frozenset[str]) -> SecondList:
    return explaining(
        id=f"{coin.lower()}-staking",
        title=title,
        **asked(
            f"finance/staking-defi/{coin.lower()}/purchase-redeem-history",
            f"{coin} staking, Get purchase and redeem history",
            Limit(6, 1),
            by="requestTime",
        ),
        **in_table(
            "products",
            f"{coin} staking",
            number="requestTime type amt",
            time="requestTime",
            columns=f"type asset:={coin} amount:amt other_amount:redeemingAmt state:status",
        ),
        ties=True,
        used_by={FUNDING: types},
    )


DUAL_INVESTMENT = explaining(
    id="dual-investment",
    title=mark("Dual investment"),
    **asked(
        "finance/sfp/dcd/order-history", "Dual investment, Get order history", Limit(1, 1), by="ordId", cursor="endId"
    ),
    **in_table(
        "products",
        "dual investment",
        number="ordId",
        time="cTime",
        columns=(
            "type:productId asset:notionalCcy amount:notionalSz other_asset:settleCcy other_amount:settleSz "
            "earned:yieldSz rate:annualizedYield state"
        ),
    ),
)
USDG = explaining(
    id="usdg-rewards",
    title=mark("USDG: subscriptions and redemptions"),
    **asked(
        "finance/stable-rewards/subscribe-redeem-history",
        "Stable rewards, Get subscribe redeem history",
        Limit(5, 2),
        by="ordId",
        params={"ccy": "USDG"},
    ),
    **in_table(
        "products",
        "stable rewards",
        number="ordId",
        time="ts",
        columns="type asset:ccy amount:ccyAmt other_asset:settleCcy other_amount:settleCcyAmt fee state:status",
    ),
)
PROFIT_SHARING = explaining(
    id="profit-sharing",
    title=mark("Copy trading: shared profits"),
    **asked(
        "copytrading/profit-sharing-details",
        "Copy trading, Get profit sharing details",
        Limit(5, 2),
        by="profitSharingId",
    ),
    reach=QUARTER,
    **in_table(
        "products",
        "profit sharing",
        number="profitSharingId",
        time="ts",
        columns="type:instType asset:ccy amount:profitSharingAmt",
    ),
    used_by={TRADING: frozenset({"250", "251"})},
)

PRODUCT_LISTS = (
    INTEREST,
    BORROWINGS,
    FLEXIBLE_LOANS,
    FLEXIBLE_LOAN_INTEREST,
    SIMPLE_EARN,
    ON_CHAIN_EARN,
    _staking("ETH", mark("ETH staking"), frozenset({"137", "138", "139"})),
    _staking("SOL", mark("SOL staking"), frozenset({"328", "329", "330"})),
    DUAL_INVESTMENT,
    USDG,
    PROFIT_SHARING,
)
