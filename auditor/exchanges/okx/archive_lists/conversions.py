"""OKX: fiat orders, and trades beside the order book that make one coin of another."""

from auditor.exchanges.okx.archive_lists.explaining import FUNDING, TRADING, WEEK, Listing, Shape, explaining
from auditor.i18n import mark
from auditor.spec.endpoint import Limit
from auditor.spec.history import SecondList

FIAT_TYPES = frozenset({"116", "117", "118"})


def _fiat(list_id: str, title: str, path: str, *, kind: str, page: str) -> SecondList:
    listing = Listing(
        id=list_id,
        title=title,
        path=path,
        limit=Limit(3, 1),
        page=f"Funding account, {page}",
        # Here "before" is the end of the time range, unlike everywhere else in v5.
        key="uTime",
        cursor="before",
        ties=True,
        ordered=False,
        used_by={FUNDING: FIAT_TYPES},
    )
    columns = {
        "asset": "ccy",
        "amount": "amt",
        "fee": "fee",
        "fee_asset": "ccy",
        "network": "paymentMethod",
        "state": "state",
    }
    return explaining(listing, Shape(number=("ordId",), time="cTime", table="movements", kind=kind, columns=columns))


BUY_SELL = explaining(
    Listing(
        id="buy-sell",
        title=mark("Purchases and sales against fiat (institutional)"),
        path="fiat/buy-sell/history",
        limit=Limit(6, 1),
        page="Funding account, Get buy/sell trade history",
        key="cTime",
        cursor="end",
        ties=True,
        ordered=False,
    ),
    Shape(
        number=("ordId",),
        time="cTime",
        table="conversions",
        kind="buy/sell",
        columns={
            "side": "=sell",
            "asset": "fromCcy",
            "amount": "fillFromAmt",
            "other_asset": "toCcy",
            "other_amount": "fillToAmt",
            "state": "state",
        },
    ),
)
EASY_CONVERT = explaining(
    Listing(
        id="easy-convert",
        title=mark("Easy convert"),
        path="trade/easy-convert-history",
        limit=Limit(1, 2),
        page="Trade, Get easy convert history",
        key="uTime",
        span=WEEK,
        ties=True,
        used_by={TRADING: frozenset({"28"})},
    ),
    Shape(
        number=("fromCcy", "toCcy", "uTime", "fillFromSz", "fillToSz"),
        time="uTime",
        table="conversions",
        kind="easy convert",
        columns={
            "side": "=sell",
            "asset": "fromCcy",
            "amount": "fillFromSz",
            "other_asset": "toCcy",
            "other_amount": "fillToSz",
            "state": "status",
        },
    ),
)
ONE_CLICK_REPAY = explaining(
    Listing(
        id="one-click-repay",
        title=mark("One-click repay (margin)"),
        path="trade/one-click-repay-history",
        limit=Limit(1, 2),
        page="Trade, Get one-click repay history",
        key="uTime",
        span=WEEK,
        ties=True,
    ),
    Shape(
        number=("debtCcy", "repayCcy", "uTime", "fillDebtSz", "fillRepaySz"),
        time="uTime",
        table="conversions",
        kind="repay",
        columns={
            "side": "=sell",
            "asset": "repayCcy",
            "amount": "fillRepaySz",
            "other_asset": "debtCcy",
            "other_amount": "fillDebtSz",
            "state": "status",
        },
    ),
)
ONE_CLICK_REPAY_SPOT = explaining(
    Listing(
        id="one-click-repay-spot",
        title=mark("One-click repay (spot)"),
        path="trade/one-click-repay-history-v2",
        limit=Limit(1, 2),
        page="Trade, Get one-click repay history (New)",
        key="ts",
        span=WEEK,
        ties=True,
    ),
    Shape(
        number=("debtCcy", "ts", "fillDebtSz"),
        time="ts",
        table="conversions",
        kind="repay",
        columns={
            "side": "=sell",
            "other_asset": "debtCcy",
            "other_amount": "fillDebtSz",
            "state": "status",
        },
    ),
)

CONVERSION_LISTS = (
    _fiat(
        "fiat-deposits",
        mark("Fiat deposits"),
        "fiat/deposit-order-history",
        kind="fiat deposit",
        page="Get deposit order history",
    ),
    _fiat(
        "fiat-withdrawals",
        mark("Fiat withdrawals"),
        "fiat/withdrawal-order-history",
        kind="fiat withdrawal",
        page="Get withdrawal order history",
    ),
    BUY_SELL,
    EASY_CONVERT,
    ONE_CLICK_REPAY,
    ONE_CLICK_REPAY_SPOT,
)
