"""Bitget: what a classic account borrowed, repaid and paid interest for on cross margin, and its savings."""

from auditor.exchanges.bitget.explaining import explaining
from auditor.exchanges.bitget.history_kinds import CROSS, SPOT
from auditor.exchanges.bitget.sources import TEN, asking, by, documented, rows_or_none, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Cursor
from auditor.spec.second_list import SecondList
from auditor.spec.table_rows import in_table

QUARTER = windows(90)
# The margin trading account does not exist (Bitget API documentation, error codes).
NO_MARGIN = frozenset({"50021"})


def _margin(list_id: str, title: str, key: str, kind: str, columns: str) -> SecondList:
    """Return a list of cross margin. ``key``: the field of a row's id; ``kind``: in the path."""
    return explaining(
        id=f"cross-margin-{list_id}",
        title=title,
        wallet=CROSS,
        endpoint=documented(
            f"v2/margin/crossed/{kind}-history",
            f"Margin, Get Cross {kind.capitalize()} History",
            TEN,
            asking(),
            rows=rows_or_none("resultList"),
            pages=Cursor(cursor="idLessThan", key=key, size=500),
            windows=QUARTER,
        ),
        not_had=NO_MARGIN,
        **in_table("products", "margin loan", number=key, time="cTime", columns=columns),
    )


SAVINGS = explaining(
    id="savings",
    title=mark("Savings"),
    wallet=SPOT,
    endpoint=documented(
        "v2/earn/savings/records",
        "Earn, Savings Records",
        TEN,
        asking(),
        rows=rows_or_none("resultList"),
        pages=Cursor(cursor="idLessThan", key="orderId"),
        windows=QUARTER,
    ),
    **in_table(
        "products",
        "savings",
        number="orderId ts orderType",
        time="ts",
        columns="type:orderType asset:coinName amount other_asset:settleCoinName state:productType",
    ),
    partition=by("periodType", "flexible", "fixed"),
)
PRODUCT_LISTS = (
    _margin(
        "borrowed",
        mark("Cross margin: borrowed"),
        "loanId",
        "borrow",
        "type:borrowType asset:coin amount:borrowAmount",
    ),
    _margin(
        "repaid",
        mark("Cross margin: repaid"),
        "repayId",
        "repay",
        "type:repayType asset:coin amount:repayAmount fee:repayInterest other_amount:repayPrincipal",
    ),
    _margin(
        "interest",
        mark("Cross margin: interest"),
        "interestId",
        "interest",
        "type:interstType asset:interestCoin earned:interestAmount rate:dailyInterestRate other_asset:loanCoin",
    ),
    _margin(
        "liquidations",
        mark("Cross margin: liquidations"),
        "liqId",
        "liquidation",
        "type:=liquidation asset:=USDT amount:totalAssets other_amount:totalDebt fee:liqFee",
    ),
    SAVINGS,
)
