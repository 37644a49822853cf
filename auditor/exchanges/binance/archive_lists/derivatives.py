"""Binance: options, and futures within portfolio margin. No proof rests on these lists."""

from auditor.exchanges.binance.archive_lists.income import MOST_INCOME, NOT_GIVEN
from auditor.exchanges.binance.archive_lists.listing import (
    FOR_EVER,
    MONTHLY,
    QUARTER_YEAR,
    QUARTERLY,
    explaining,
    in_table,
    moment_of,
    the_last,
    within,
)
from auditor.exchanges.binance.archive_lists.margin_rows import names_of
from auditor.exchanges.binance.archive_lists.staking import SINCE_2020
from auditor.exchanges.binance.limits import EAPI, PAPI, eapi, papi
from auditor.exchanges.binance.sources import documented
from auditor.exchanges.shared.row_ids import ROW_ID, identified
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint, Windows
from auditor.spec.fields import required
from auditor.spec.history_tables import IN_CONTRACTS
from auditor.spec.paged_list import Ascending, Partition, Reach, Single
from auditor.spec.parsed_row import Row
from auditor.spec.rows import list_rows
from auditor.spec.second_list import ListedRow, SecondList

OPTION, PORTFOLIO = "OPTION", "PORTFOLIO_MARGIN"
NOT_HAD = frozenset(NOT_GIVEN)
MOST_ROWS = 1000
THREE_MONTHS = the_last(mark("the last 3 months"), QUARTER_YEAR)
EXERCISES_ID = "option-exercises"
_ROWS = identified(list_rows, "incomeType", "tranId", "asset", "symbol", "time")


def option_fill(row: Row) -> ListedRow:
    """Read a trade of an option. Its fee is below zero where it was paid."""
    number, terms = row.text("id"), (*row.hints("symbol", "side", "price", "quantity"), IN_CONTRACTS)
    fee, liquidity = row.hints("fee", "quoteAsset"), row.hint("liquidity").lower()
    cells = (*terms, *fee, liquidity, row.text("orderId"), row.text("tradeId"), "")
    return ListedRow(id=number, time=moment_of(row, "time"), cells=cells)


def _income(list_id: str, title: str, endpoint: Endpoint, reach: Reach) -> SecondList:
    return explaining(
        id=list_id,
        title=title,
        endpoint=endpoint,
        reach=reach,
        paging=Single(size=MOST_INCOME),
        key=ROW_ID,
        not_had=NOT_HAD,
        shows_use_of=PORTFOLIO,
        **in_table(
            "products",
            list_id,
            number=ROW_ID,
            time="time",
            columns="type:incomeType asset amount:income other_asset:symbol",
        ),
    )


DERIVATIVE_LISTS = (
    explaining(
        id="option-flow",
        title=mark("Options: funding flow"),
        endpoint=documented(EAPI, "bill", eapi(1), queries=within(QUARTER_YEAR, currency="USDT"), windows=MONTHLY),
        reach=THREE_MONTHS,
        paging=Single(size=MOST_ROWS),
        key="id",
        not_had=NOT_HAD,
        shows_use_of=OPTION,
        **in_table("products", "option flow", number="id", time="createDate", columns="type asset amount"),
    ),
    explaining(
        id=EXERCISES_ID,
        title=mark("Options: exercises"),
        endpoint=documented(EAPI, "exerciseRecord", eapi(5), windows=Windows(span=QUARTERLY.span, first=SINCE_2020)),
        paging=Single(size=MOST_ROWS),
        key="id",
        not_had=NOT_HAD,
        shows_use_of=OPTION,
        **in_table(
            "positions",
            "option exercise",
            number="id",
            time="createDate",
            columns="instrument:symbol side:positionSide amount:quantity close_price:exercisePrice pnl:amount fee "
            "asset:quoteAsset type:optionSide",
        ),
    ),
    explaining(
        id="option-fills",
        title=mark("Options: trades of what was exercised"),
        endpoint=documented(EAPI, "userTrades", eapi(5)),
        reach=FOR_EVER,
        paging=Ascending(cursor="fromId", key="id", first="1"),
        oldest_first=True,
        key="id",
        time="time",
        partition=Partition(
            parameter="symbol", of=(EXERCISES_ID,), find=names_of(EXERCISES_ID, name="symbol"), field="symbol"
        ),
        fields=required(texts="symbol id tradeId orderId", amounts="price quantity fee", times="time"),
        read=option_fill,
        table="fills",
        not_had=NOT_HAD,
        shows_use_of=OPTION,
    ),
    _income(
        "portfolio-usd-m-income",
        mark("Portfolio margin: income of USDⓈ-M futures"),
        documented(PAPI, "um/income", papi(30), queries=within(QUARTER_YEAR), windows=MONTHLY, rows=_ROWS),
        THREE_MONTHS,
    ),
    _income(
        "portfolio-coin-m-income",
        mark("Portfolio margin: income of COIN-M futures"),
        documented(PAPI, "cm/income", papi(30), windows=Windows(span=QUARTERLY.span, first=SINCE_2020), rows=_ROWS),
        FOR_EVER,
    ),
)
