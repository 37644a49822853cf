"""Binance: the income of futures: everything that changed a futures wallet, transfers, too, without a balance.

A transfer from another wallet of the account stands in the list of transfers as well, which counts it for both wallets.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from auditor.exchanges.binance.archive_lists.listing import (
    COIN_M,
    FOR_EVER,
    MONTHLY,
    QUARTER_YEAR,
    USD_M,
    change,
    moment_of,
    the_last,
    within,
)
from auditor.exchanges.binance.archive_lists.movements import CONFIRMED, OURS, TRANSFERS_ID
from auditor.exchanges.binance.limits import DAPI, FAPI, dapi, fapi
from auditor.exchanges.binance.sources import documented
from auditor.exchanges.shared.row_ids import ROW_ID, identified
from auditor.i18n import mark
from auditor.model.amounts import parse
from auditor.spec.endpoint import Endpoint, Windows
from auditor.spec.fields import required
from auditor.spec.paged_list import Reach, RowsOf, Single
from auditor.spec.parsed_row import Row
from auditor.spec.rows import list_rows
from auditor.spec.summed import ChangedRow, ChangeList

MOST_INCOME = 1000
USD_M_INCOME_ID, COIN_M_INCOME_ID = "usd-m-income", "coin-m-income"
TRANSFER = "TRANSFER"
KINDS = {
    **dict.fromkeys((TRANSFER, "INTERNAL_TRANSFER", "CROSS_COLLATERAL_TRANSFER"), "transfer"),
    **dict.fromkeys(("STRATEGY_UMFUTURES_TRANSFER",), "bot"),
    **dict.fromkeys(("COMMISSION", "INSURANCE_CLEAR", "POSITION_LIMIT_INCREASE_FEE", "OPTIONS_PREMIUM_FEE"), "fee"),
    **dict.fromkeys(("REFERRAL_KICKBACK", "COMMISSION_REBATE", "API_REBATE", "FEE_RETURN"), "rebate"),
    **dict.fromkeys(("WELCOME_BONUS", "CONTEST_REWARD", "BFUSD_REWARD"), "reward"),
    **dict.fromkeys(("COIN_SWAP_DEPOSIT", "COIN_SWAP_WITHDRAW", "AUTO_EXCHANGE"), "conversion"),
    **dict.fromkeys(("DELIVERED_SETTELMENT", "OPTIONS_SETTLE_PROFIT"), "settlement"),
    "REALIZED_PNL": "pnl",
    "FUNDING_FEE": "funding",
}
"""What each type of income is; the exchange's own spelling."""
APART = 600_000
"""Milliseconds by which the two rows of one transfer may be apart at most; how far they are is not documented."""
NOT_GIVEN = {
    "-2015": mark("Binance does not give this list to this key, and nothing here shows that there is such a wallet.")
}
Moves = Mapping[tuple[str, Decimal], list[int]]
"""The times of transfers, in Unix milliseconds, by coin and signed amount."""


def income(row: Row, wallet: str, counted: frozenset[str]) -> ChangedRow:
    """Read a row of income. ``counted``: ids of transfers that the list of transfers counts."""
    kind, number = row.text("incomeType"), row.text(ROW_ID)
    one = change(
        wallet, row.text("asset"), row.amount("income"), KINDS.get(kind, "other"), description=row.hint("info")
    )
    return ChangedRow(
        id=number,
        time=moment_of(row, "time"),
        changes=() if number in counted or not one.amount else (one,),
        type=kind,
        instrument=row.hint("symbol"),
        trade_id=row.hint("tradeId"),
        ref=row.hint("tranId"),
    )


def income_reader(list_id: str, wallet: str) -> Callable[[RowsOf], Callable[[Row], ChangedRow]]:
    """Return what makes the reader of one wallet's income: no transfer is counted twice."""

    def reader_of(rows_of: RowsOf) -> Callable[[Row], ChangedRow]:
        counted = frozenset(_counted(rows_of(list_id), _moves(rows_of(TRANSFERS_ID), wallet)))
        return lambda row: income(row, wallet, counted)

    return reader_of


def _moves(rows: Iterable[Mapping[str, object]], wallet: str) -> Moves:
    """Return what the list of transfers moved into a wallet and out of it; each transfer once."""
    known: dict[str, tuple[str, Decimal, int]] = {}
    for row in rows:
        given, _line, taken = str(row.get("type")).partition("_")
        size, moment = parse(row.get("amount")), str(row.get("timestamp"))
        if row.get("status") != CONFIRMED or size is None or not moment.isdigit():
            continue
        if wallet in {OURS.get(given), OURS.get(taken)}:
            sign = 1 if OURS.get(taken) == wallet else -1
            known[str(row.get("tranId"))] = (str(row.get("asset")), sign * size, int(moment))
    moves: defaultdict[tuple[str, Decimal], list[int]] = defaultdict(list)
    for asset, amount, time in sorted(known.values(), key=lambda one: one[-1]):
        moves[asset, amount].append(time)
    return moves


def _counted(rows: Iterable[Mapping[str, object]], moves: Moves) -> Iterator[str]:
    """Yield the ids of transfers among a wallet's income that stand in the list of transfers, the oldest first."""
    found: dict[str, tuple[int, str, Decimal]] = {}
    for row in rows:
        size, moment = parse(row.get("income")), str(row.get("time"))
        if row.get("incomeType") == TRANSFER and size is not None and moment.isdigit():
            found[str(row.get(ROW_ID))] = (int(moment), str(row.get("asset")), size)
    for number, (time, asset, size) in sorted(found.items(), key=lambda one: one[1][0]):
        times = moves.get((asset, size), [])
        near = next((one for one in times if abs(one - time) <= APART), None)
        if near is not None:
            times.remove(near)
            yield number


def _income(list_id: str, wallet: str, title: str, endpoint: Endpoint, reach: Reach) -> ChangeList:
    return ChangeList(
        id=list_id,
        title=title,
        wallets=(wallet,),
        endpoint=endpoint,
        reach=reach,
        paging=Single(size=MOST_INCOME),
        ordered=False,
        key=ROW_ID,
        time="time",
        fields=required(texts=f"{ROW_ID} incomeType asset", amounts="income", times="time"),
        read=lambda row: income(row, wallet, frozenset()),
        reader_of=income_reader(list_id, wallet),
        unused=NOT_GIVEN,
    )


_ROWS = identified(list_rows, "incomeType", "tranId", "asset", "symbol", "time")
"""A number of an income is the only one of its type; a type with two sides may have it in two coins."""
COIN_M_BEGAN = datetime(2020, 6, 1, tzinfo=UTC)
"""Before the first coin-margined contract, in August 2020."""
USD_M_INCOME = _income(
    USD_M_INCOME_ID,
    USD_M,
    mark("USDⓈ-M Futures: income"),
    documented(FAPI, "income", fapi(30), queries=within(QUARTER_YEAR), windows=MONTHLY, rows=_ROWS),
    the_last(mark("the last 3 months"), QUARTER_YEAR),
)
COIN_M_INCOME = _income(
    COIN_M_INCOME_ID,
    COIN_M,
    mark("COIN-M Futures: income"),
    documented(
        DAPI,
        "income",
        dapi(20),
        windows=Windows(span=timedelta(days=360), first=COIN_M_BEGAN),
        rows=_ROWS,
    ),
    FOR_EVER,
)
