"""KuCoin: margin accounts: what was borrowed, repaid and charged, what was traded, and what was lent to others.

KuCoin asks for the coin of what was borrowed, and for the pair too of isolated margin: of the latter interest alone is
asked for. Its OpenAPI description wants the right Margin for debts, a third party's notes (August 2026) General.
"""

from collections.abc import Iterator

from auditor.exchanges.kucoin.archive_lists.account_ledger import wallet_of
from auditor.exchanges.kucoin.archive_lists.beside import ALL, BY_LAST_ID, explaining, in_table
from auditor.exchanges.kucoin.archive_lists.fills import ABOUT, fill
from auditor.exchanges.kucoin.archive_lists.fills import FIELDS as FILL_FIELDS
from auditor.exchanges.kucoin.archive_lists.listing import MARGIN, MARGIN_ID, WEEK, asking, context_of, reach, windowed
from auditor.exchanges.kucoin.archive_lists.orders import ORDER_COLUMNS
from auditor.exchanges.kucoin.errors import NO_MARGIN
from auditor.exchanges.kucoin.lists import ITEMS, pages
from auditor.exchanges.kucoin.sites import V3, spot
from auditor.exchanges.kucoin.sources import documented
from auditor.i18n import mark
from auditor.spec.paged_list import Partition, Reach, RowsOf
from auditor.spec.parsed_row import Row
from auditor.spec.rows import rows_in
from auditor.spec.second_list import SecondList
from auditor.spec.table_rows import InTable

NEVER = frozenset(NO_MARGIN.codes)
LEDGER_ID = "ledger"
SINCE_2023 = Reach(words=mark("since 1 April 2023"))
CROSS, ISOLATED = "MARGIN_TRADE", "MARGIN_ISOLATED_TRADE"


def _margin_rows(rows_of: RowsOf) -> Iterator[Row]:
    """Yield the rows of the margin accounts, of both ledgers."""
    yield from (Row(raw, ()) for raw in rows_of(MARGIN_ID))
    rows = (Row(raw, ()) for raw in rows_of(LEDGER_ID))
    yield from (row for row in rows if wallet_of(row.hint("accountType")) == MARGIN)


def margin_coins(rows_of: RowsOf) -> Iterator[str]:
    """Yield the coins that rows of the margin accounts are of."""
    yield from (coin for row in _margin_rows(rows_of) if (coin := row.hint("currency")))


def margin_pairs(rows_of: RowsOf) -> Iterator[str]:
    """Yield the pairs that rows of the margin accounts are of."""
    yield from (pair for row in _margin_rows(rows_of) if (pair := context_of(row).get("symbol")))


COINS = Partition(parameter="currency", of=(LEDGER_ID, MARGIN_ID), find=margin_coins, field="currency", about=5)
PAIRS = Partition(parameter="symbol", of=(LEDGER_ID, MARGIN_ID), find=margin_pairs, about=ABOUT)


def interest_rows(data: object) -> list[object]:
    """Select the rows of interest, whose time has another name in a real answer (ccxt 4.5.90)."""
    return [{"createdTime": row.get("createdAt"), **row} if isinstance(row, dict) else row for row in ITEMS(data)]


def _debts(list_id: str, title: str, path: str, columns: str) -> SecondList:
    return explaining(
        id=list_id,
        title=title,
        wallet=MARGIN,
        endpoint=documented(V3, path, spot(15), pagination=pages(500), rows=ITEMS),
        reach=SINCE_2023,
        partition=COINS,
        not_had=NEVER,
        **in_table("products", "margin loan", number="orderNo", time="createdTime", columns=columns),
    )


def _interest(list_id: str, title: str, is_isolated: str, partition: Partition | None) -> SecondList:
    return explaining(
        id=list_id,
        title=title,
        wallet=MARGIN,
        endpoint=documented(
            V3,
            "margin/interest",
            spot(20),
            queries=asking(isIsolated=is_isolated),
            pagination=pages(500),
            rows=interest_rows,
        ),
        reach=SINCE_2023,
        partition=partition,
        not_had=NEVER,
        **in_table(
            "products",
            "margin interest",
            number="currency createdTime interestAmount",
            time="createdTime",
            columns="asset:currency earned:interestAmount rate:dayRatio",
        ),
    )


BORROWED = _debts(
    "margin-borrowed",
    mark("Margin: borrowed"),
    "margin/borrow",
    "type:=borrow asset:currency amount:actualSize other_asset:symbol other_amount:size state:status",
)
REPAID = _debts(
    "margin-repaid",
    mark("Margin: repaid"),
    "margin/repay",
    "type:=repay asset:currency amount:size fee:interest other_asset:symbol state:status",
)
INTEREST = (
    _interest("margin-interest", mark("Margin: interest"), "false", None),
    _interest("isolated-interest", mark("Isolated margin: interest"), "true", PAIRS),
)


def _traded(list_id: str, title: str, path: str, weight: int, kind: str) -> SecondList:
    """Return fills or orders of one kind of margin, a list for each pair."""
    is_fill = path.endswith("fills")
    orders = in_table("orders", "margin", number="id", time="createdAt", columns=ORDER_COLUMNS)
    fills: InTable = {"time": "createdAt", "unit": "ms", "fields": FILL_FIELDS, "read": fill, "table": "fills"}
    return explaining(
        id=list_id,
        title=title,
        wallet=MARGIN,
        endpoint=windowed(
            documented(
                V3,
                path,
                spot(weight),
                queries=asking(tradeType=kind),
                pagination=BY_LAST_ID,
                rows=rows_in("items"),
            ),
            WEEK,
            WEEK,
        ),
        reach=reach(mark("the last 7 days"), "tigusigalpa/kucoin-go (August 2026)", WEEK),
        partition=PAIRS,
        not_had=NEVER,
        **(fills if is_fill else orders),
    )


FILLS, DONE = "hf/margin/fills", "hf/margin/orders/done"
TRADED = (
    _traded("margin-fills", mark("Cross margin trades"), FILLS, 5, CROSS),
    _traded("isolated-fills", mark("Isolated margin trades"), FILLS, 5, ISOLATED),
    _traded("margin-orders", mark("Cross margin orders"), DONE, 10, CROSS),
    _traded("isolated-orders", mark("Isolated margin orders"), DONE, 10, ISOLATED),
)


def _lent(status: str) -> SecondList:
    """Return orders of lending in a state. Those of what came back may lack their time, and are not asked for."""
    return explaining(
        id=f"lent-{status.lower()}",
        title=mark("Lending: lent out"),
        endpoint=documented(
            V3, "purchase/orders", spot(10), queries=asking(status=status), pagination=pages(50), rows=ITEMS
        ),
        reach=ALL,
        **in_table(
            "products",
            "lending",
            number="purchaseOrderNo",
            time="applyTime",
            columns=(
                "type:=lend asset:currency amount:matchSize other_amount:purchaseSize earned:incomeSize "
                "rate:interestRate state:status"
            ),
        ),
    )


MARGIN_LISTS = (BORROWED, REPAID, *INTEREST, *TRADED, _lent("PENDING"), _lent("DONE"))
