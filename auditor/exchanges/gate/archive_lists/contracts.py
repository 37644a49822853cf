"""Gate: fills, orders, closed positions and liquidations of futures."""

from collections.abc import Callable

from auditor.exchanges.gate.archive_lists.explaining import BY_OFFSET, explaining, in_table
from auditor.exchanges.gate.errors import NEVER_OPENED
from auditor.exchanges.gate.history_kinds import BTC_FUTURES, DELIVERY, FUTURES
from auditor.exchanges.gate.ledger_rows import SECOND, in_micros
from auditor.exchanges.gate.sources import documented, months
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint, RowSelector
from auditor.spec.paged_list import Single
from auditor.spec.rows import list_rows
from auditor.spec.second_list import SecondList

LONG = "long"
OPEN_PRICE, CLOSE_PRICE, OPENED = "open_price", "close_price", "opened"
"""Fields that are added to a closed position, whose prices are named by side, and its opening time in seconds."""
NOT_HAD = frozenset(NEVER_OPENED)
TRADED, SETTLED = frozenset({"pnl", "fee"}), frozenset({"pnl"})
FILL_COLUMNS = "instrument:contract price amount:size amount_unit:=contracts fee liquidity:role order_id"


def closed_rows(data: object) -> list[object]:
    """Return closed positions, each with its prices as they were opened and closed."""
    return [_closed(row) if isinstance(row, dict) else row for row in list_rows(data)]


def _closed(row: dict[str, object]) -> dict[str, object]:
    prices = (row.get("long_price"), row.get("short_price"))
    opening, closing = prices if row.get("side") == LONG else reversed(prices)
    moment = in_micros(row.get("first_open_time")) // SECOND
    return {**row, OPEN_PRICE: opening, CLOSE_PRICE: closing, OPENED: str(moment or "")}


def _asked(settle: str, path: str, page: str, rows: RowSelector = list_rows) -> Endpoint:
    return documented(f"futures/{settle}/{path}", page, rows=rows, pages=BY_OFFSET, windows=months())


def _fills(wallet: str, settle: str) -> SecondList:
    return explaining(
        id=f"fills-{wallet}",
        title=mark("Fills"),
        wallet=wallet,
        endpoint=_asked(settle, "my_trades_timerange", "Query personal trading records by time range"),
        **in_table(
            "fills", "", number="trade_id contract order_id", time="create_time", columns=f"{FILL_COLUMNS} trade_id"
        ),
        joined_by={"instrument": "instrument", "trade_id": "trade_id"},
        not_had=NOT_HAD,
        used_by={wallet: TRADED},
    )


def _orders(wallet: str, settle: str) -> SecondList:
    return explaining(
        id=f"orders-{wallet}",
        title=mark("Orders"),
        wallet=wallet,
        endpoint=_asked(settle, "orders_timerange", "Query futures order list by time range"),
        **in_table(
            "orders",
            wallet,
            number="id",
            time="create_time",
            columns=(
                "instrument:contract type:tif price amount:size average_price:fill_price state:finish_as "
                "client_id:text updated:finish_time"
            ),
        ),
        not_had=NOT_HAD,
        used_by={wallet: TRADED},
    )


def _positions(wallet: str, settle: str) -> SecondList:
    return explaining(
        id=f"positions-{wallet}",
        title=mark("Closed positions"),
        wallet=wallet,
        endpoint=_asked(settle, "position_close", "Query position close history", closed_rows),
        **in_table(
            "positions",
            wallet,
            number="time contract side pnl",
            time="time",
            columns=(
                f"instrument:contract side amount:accum_size open_price:{OPEN_PRICE} close_price:{CLOSE_PRICE} "
                f"pnl:pnl_pnl realized:pnl fee:pnl_fee funding_fee:pnl_fund asset:={settle.upper()} type:text "
                f"opened:{OPENED}"
            ),
        ),
        not_had=NOT_HAD,
        used_by={wallet: SETTLED},
    )


def _liquidations(wallet: str, settle: str) -> SecondList:
    return explaining(
        id=f"liquidations-{wallet}",
        title=mark("Liquidations"),
        wallet=wallet,
        endpoint=_asked(settle, "liquidates", "Query liquidation history"),
        **in_table(
            "positions",
            wallet,
            number="time contract order_id",
            time="time",
            columns=(
                f"instrument:contract amount:size open_price:entry_price close_price:fill_price "
                f"asset:={settle.upper()} type:=liquidation"
            ),
        ),
        not_had=NOT_HAD,
        used_by={wallet: SETTLED},
    )


DELIVERY_FILLS = explaining(
    id=f"fills-{DELIVERY}",
    title=mark("Fills"),
    wallet=DELIVERY,
    endpoint=documented("delivery/usdt/my_trades", "Query personal trading records", pages=BY_OFFSET),
    **in_table("fills", "", number="id contract", time="create_time", columns=f"{FILL_COLUMNS} trade_id:id"),
    joined_by={"instrument": "instrument", "trade_id": "trade_id"},
    not_had=NOT_HAD,
    used_by={DELIVERY: TRADED},
)
# These have no pages: an answer as long as what was asked for is not believed to be whole.
WHOLE = Single(size=1000)
DELIVERY_ORDERS = explaining(
    id=f"orders-{DELIVERY}",
    title=mark("Orders"),
    wallet=DELIVERY,
    endpoint=documented(
        "delivery/usdt/orders", "Query futures order list", pages=BY_OFFSET, asking={"status": "finished"}
    ),
    **in_table(
        "orders",
        DELIVERY,
        number="id",
        time="create_time",
        columns=(
            "instrument:contract type:tif price amount:size average_price:fill_price state:finish_as "
            "client_id:text updated:finish_time"
        ),
    ),
    not_had=NOT_HAD,
    used_by={DELIVERY: TRADED},
)
DELIVERY_POSITIONS = explaining(
    id=f"positions-{DELIVERY}",
    title=mark("Closed positions"),
    wallet=DELIVERY,
    endpoint=documented("delivery/usdt/position_close", "Query position close history"),
    paging=WHOLE,
    **in_table(
        "positions",
        DELIVERY,
        number="time contract side pnl",
        time="time",
        columns="instrument:contract side realized:pnl asset:=USDT type:text",
    ),
    not_had=NOT_HAD,
    used_by={DELIVERY: SETTLED},
)
DELIVERY_SETTLEMENTS = explaining(
    id=f"settlements-{DELIVERY}",
    title=mark("Settlements"),
    wallet=DELIVERY,
    endpoint=documented("delivery/usdt/settlements", "Query settlement records"),
    paging=WHOLE,
    **in_table(
        "positions",
        DELIVERY,
        number="time contract size",
        time="time",
        columns=(
            "instrument:contract amount:size open_price:entry_price close_price:settle_price pnl:profit fee "
            "asset:=USDT type:=settlement"
        ),
    ),
    not_had=NOT_HAD,
    used_by={DELIVERY: frozenset({"settle"})},
)
DELIVERY_LISTS = (DELIVERY_FILLS, DELIVERY_ORDERS, DELIVERY_POSITIONS, DELIVERY_SETTLEMENTS)
_EACH: tuple[Callable[[str, str], SecondList], ...] = (_fills, _orders, _positions, _liquidations)
ACCOUNTS = {FUTURES: "usdt", BTC_FUTURES: "btc"}

CONTRACT_LISTS = (*(one(wallet, settle) for wallet, settle in ACCOUNTS.items() for one in _EACH), *DELIVERY_LISTS)
