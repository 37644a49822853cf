"""OKX: fiat orders, and trades beside the order book that make one coin of another."""

from auditor.exchanges.okx.archive_lists.explaining import FUNDING, TRADING, WEEK, asked, explaining, in_table
from auditor.i18n import mark
from auditor.spec.endpoint import Limit
from auditor.spec.second_list import SecondList

FIAT_TYPES = frozenset({"116", "117", "118"})


def _fiat(list_id: str, title: str, path: str, *, kind: str, page: str) -> SecondList:
    return explaining(
        id=list_id,
        title=title,
        # Here "before" is the end of the time range, unlike everywhere else in v5.
        **asked(path, f"Funding account, {page}", Limit(3, 1), by="uTime", cursor="before"),
        **in_table(
            "movements",
            kind,
            number="ordId",
            time="cTime",
            columns="asset:ccy amount:amt fee fee_asset:ccy network:paymentMethod state",
        ),
        ties=True,
        ordered=False,
        used_by={FUNDING: FIAT_TYPES},
    )


BUY_SELL = explaining(
    id="buy-sell",
    title=mark("Purchases and sales against fiat (institutional)"),
    **asked(
        "fiat/buy-sell/history", "Funding account, Get buy/sell trade history", Limit(6, 1), by="cTime", cursor="end"
    ),
    **in_table(
        "conversions",
        "buy/sell",
        number="ordId",
        time="cTime",
        columns="side:=sell asset:fromCcy amount:fillFromAmt other_asset:toCcy other_amount:fillToAmt state",
    ),
    ties=True,
    ordered=False,
)
EASY_CONVERT = explaining(
    id="easy-convert",
    title=mark("Easy convert"),
    **asked("trade/easy-convert-history", "Trade, Get easy convert history", Limit(1, 2), by="uTime"),
    reach=WEEK,
    **in_table(
        "conversions",
        "easy convert",
        number="fromCcy toCcy uTime fillFromSz fillToSz",
        time="uTime",
        columns="side:=sell asset:fromCcy amount:fillFromSz other_asset:toCcy other_amount:fillToSz state:status",
    ),
    ties=True,
    used_by={TRADING: frozenset({"28"})},
)
ONE_CLICK_REPAY = explaining(
    id="one-click-repay",
    title=mark("One-click repay (margin)"),
    **asked("trade/one-click-repay-history", "Trade, Get one-click repay history", Limit(1, 2), by="uTime"),
    reach=WEEK,
    **in_table(
        "conversions",
        "repay",
        number="debtCcy repayCcy uTime fillDebtSz fillRepaySz",
        time="uTime",
        columns="side:=sell asset:repayCcy amount:fillRepaySz other_asset:debtCcy other_amount:fillDebtSz state:status",
    ),
    ties=True,
)
ONE_CLICK_REPAY_SPOT = explaining(
    id="one-click-repay-spot",
    title=mark("One-click repay (spot)"),
    **asked("trade/one-click-repay-history-v2", "Trade, Get one-click repay history (New)", Limit(1, 2), by="ts"),
    reach=WEEK,
    **in_table(
        "conversions",
        "repay",
        number="debtCcy ts fillDebtSz",
        time="ts",
        columns="side:=sell other_asset:debtCcy other_amount:fillDebtSz state:status",
    ),
    ties=True,
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
