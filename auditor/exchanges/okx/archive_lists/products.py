"""OKX: what happened in its Earn products, loans and copy trading. What a product accrued is no change of a balance."""

from auditor.exchanges.okx.archive_lists.explaining import (
    DAYS_30,
    FUNDING,
    MONTH,
    QUARTER,
    TRADING,
    YEAR,
    Listing,
    Shape,
    explaining,
)
from auditor.i18n import mark
from auditor.spec.endpoint import Limit
from auditor.spec.history import SecondList

LOANS = frozenset({"175", "176", "177", "178", "179", "180", "212", "213", "214", "215", "216", "217", "218", "232"})

INTEREST = explaining(
    Listing(
        id="loan-interest",
        title=mark("Interest on loans"),
        path="account/interest-accrued",
        limit=Limit(5, 2),
        page="Trading account, Get interest accrued data",
        key="ts",
        span=YEAR,
        ties=True,
        used_by={TRADING: frozenset({"7"})},
    ),
    Shape(
        # Interest on two loans of one coin may be of one moment: nothing else tells their rows apart.
        number=("ccy", "instId", "mgnMode", "type", "ts", "interest", "liab"),
        time="ts",
        table="products",
        kind="loan interest",
        columns={
            "type": "mgnMode",
            "asset": "ccy",
            "amount": "interest",
            "other_amount": "liab",
            "rate": "interestRate",
        },
    ),
)
BORROWINGS = explaining(
    Listing(
        id="borrowings",
        title=mark("Borrowings and repayments"),
        path="account/spot-borrow-repay-history",
        limit=Limit(5, 2),
        page="Trading account, Get borrow/repay history",
        key="ts",
        ties=True,
    ),
    Shape(
        number=("ccy", "type", "ts", "amt"),
        time="ts",
        table="products",
        kind="borrowing",
        columns={"type": "type", "asset": "ccy", "amount": "amt", "other_amount": "accBorrowed"},
    ),
)
FLEXIBLE_LOANS = explaining(
    Listing(
        id="flexible-loans",
        title=mark("Flexible loans"),
        path="finance/flexible-loan/loan-history",
        limit=Limit(5, 2),
        page="Flexible loan, Get loan history",
        key="refId",
        used_by={FUNDING: LOANS},
    ),
    Shape(
        number=("refId",),
        time="ts",
        table="products",
        kind="flexible loan",
        columns={"type": "type", "asset": "ccy", "amount": "amt"},
    ),
)
FLEXIBLE_LOAN_INTEREST = explaining(
    Listing(
        id="flexible-loan-interest",
        title=mark("Interest on flexible loans"),
        path="finance/flexible-loan/interest-accrued",
        limit=Limit(5, 2),
        page="Flexible loan, Get accrued interest",
        key="refId",
        span=DAYS_30,
        used_by={FUNDING: LOANS},
    ),
    Shape(
        number=("refId",),
        time="ts",
        table="products",
        kind="flexible loan interest",
        columns={"asset": "ccy", "amount": "interest", "other_amount": "loan", "rate": "interestRate"},
    ),
)
SIMPLE_EARN = explaining(
    Listing(
        id="simple-earn",
        title=mark("Simple Earn: earnings"),
        path="finance/savings/lending-history",
        limit=Limit(6, 1),
        page="Simple earn flexible, Get lending history",
        key="ts",
        span=MONTH,
        ties=True,
        used_by={FUNDING: frozenset({"75", "76", "89"})},
    ),
    Shape(
        number=("ccy", "ts", "amt", "earnings"),
        time="ts",
        table="products",
        kind="Simple Earn",
        columns={"asset": "ccy", "amount": "amt", "earned": "earnings", "rate": "rate"},
    ),
)
ON_CHAIN_EARN = explaining(
    Listing(
        id="on-chain-earn",
        title=mark("On-chain earn"),
        path="finance/staking-defi/orders-history",
        limit=Limit(3, 1),
        page="On-chain earn, Get order history",
        key="ordId",
        used_by={FUNDING: frozenset({"80", "82", "83"})},
    ),
    Shape(
        number=("ordId",),
        time="purchasedTime",
        table="products",
        kind="on-chain earn",
        columns={
            "type": "protocol",
            "asset": "investData.ccy",
            "amount": "investData.amt",
            "earned": "earningData.realizedEarnings",
            "rate": "apy",
            "state": "state",
        },
    ),
)


def _staking(coin: str, title: str, types: frozenset[str]) -> SecondList:
    listing = Listing(
        id=f"{coin.lower()}-staking",
        title=title,
        path=f"finance/staking-defi/{coin.lower()}/purchase-redeem-history",
        limit=Limit(6, 1),
        page=f"{coin} staking, Get purchase and redeem history",
        key="requestTime",
        ties=True,
        used_by={FUNDING: types},
    )
    shape = Shape(
        number=("requestTime", "type", "amt"),
        time="requestTime",
        table="products",
        kind=f"{coin} staking",
        columns={
            "type": "type",
            "asset": f"={coin}",
            "amount": "amt",
            "other_amount": "redeemingAmt",
            "state": "status",
        },
    )
    return explaining(listing, shape)


DUAL_INVESTMENT = explaining(
    Listing(
        id="dual-investment",
        title=mark("Dual investment"),
        path="finance/sfp/dcd/order-history",
        limit=Limit(1, 1),
        page="Dual investment, Get order history",
        key="ordId",
        cursor="endId",
    ),
    Shape(
        number=("ordId",),
        time="cTime",
        table="products",
        kind="dual investment",
        columns={
            "type": "productId",
            "asset": "notionalCcy",
            "amount": "notionalSz",
            "other_asset": "settleCcy",
            "other_amount": "settleSz",
            "earned": "yieldSz",
            "rate": "annualizedYield",
            "state": "state",
        },
    ),
)
USDG = explaining(
    Listing(
        id="usdg-rewards",
        title=mark("USDG: subscriptions and redemptions"),
        path="finance/stable-rewards/subscribe-redeem-history",
        limit=Limit(5, 2),
        page="Stable rewards, Get subscribe redeem history",
        key="ordId",
        params={"ccy": "USDG"},
    ),
    Shape(
        number=("ordId",),
        time="ts",
        table="products",
        kind="stable rewards",
        columns={
            "type": "type",
            "asset": "ccy",
            "amount": "ccyAmt",
            "other_asset": "settleCcy",
            "other_amount": "settleCcyAmt",
            "fee": "fee",
            "state": "status",
        },
    ),
)
PROFIT_SHARING = explaining(
    Listing(
        id="profit-sharing",
        title=mark("Copy trading: shared profits"),
        path="copytrading/profit-sharing-details",
        limit=Limit(5, 2),
        page="Copy trading, Get profit sharing details",
        key="profitSharingId",
        span=QUARTER,
        used_by={TRADING: frozenset({"250", "251"})},
    ),
    Shape(
        number=("profitSharingId",),
        time="ts",
        table="products",
        kind="profit sharing",
        columns={"type": "instType", "asset": "ccy", "amount": "profitSharingAmt"},
    ),
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
