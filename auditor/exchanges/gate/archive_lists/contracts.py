"""Gate: fills, orders, closed positions and liquidations of futures."""

from collections.abc import Callable

from auditor.exchanges.gate.archive_lists.explaining import BY_OFFSET, Listing, Shape, explaining
from auditor.exchanges.gate.history_kinds import BTC_FUTURES, DELIVERY, FUTURES
from auditor.exchanges.gate.ledger_rows import SECOND, in_micros
from auditor.exchanges.gate.sources import documented, months
from auditor.i18n import mark
from auditor.spec.endpoint import RowSelector
from auditor.spec.history import SecondList
from auditor.spec.rows import list_rows

LONG = "long"
OPEN_PRICE, CLOSE_PRICE, OPENED = "open_price", "close_price", "opened"
"""Fields that are added to a closed position, whose prices are named by side, and its opening time in seconds."""
TRADED, SETTLED = frozenset({"pnl", "fee"}), frozenset({"pnl"})
FILL_COLUMNS = {
    "instrument": "contract",
    "price": "price",
    "amount": "size",
    "fee": "fee",
    "liquidity": "role",
    "order_id": "order_id",
}


def closed_rows(data: object) -> list[object]:
    """Return closed positions, each with its prices as they were opened and closed."""
    return [_closed(row) if isinstance(row, dict) else row for row in list_rows(data)]


def _closed(row: dict[str, object]) -> dict[str, object]:
    prices = (row.get("long_price"), row.get("short_price"))
    opening, closing = prices if row.get("side") == LONG else reversed(prices)
    moment = in_micros(row.get("first_open_time")) // SECOND
    return {**row, OPEN_PRICE: opening, CLOSE_PRICE: closing, OPENED: str(moment or "")}


def _listing(
    wallet: str, settle: str, name: str, title: str, *, path: str, page: str, rows: RowSelector = list_rows
) -> Listing:
    return Listing(
        id=f"{name}-{wallet}",
        title=title,
        endpoint=documented(f"futures/{settle}/{path}", page, rows=rows, pages=BY_OFFSET, windows=months()),
        wallet=wallet,
        used_by={wallet: SETTLED if name in {"positions", "liquidations"} else TRADED},
    )


def _fills(wallet: str, settle: str) -> SecondList:
    page = "Query personal trading records by time range"
    return explaining(
        _listing(wallet, settle, "fills", mark("Fills"), path="my_trades_timerange", page=page),
        Shape(
            number=("trade_id", "contract", "order_id"),
            time="create_time",
            table="fills",
            columns={**FILL_COLUMNS, "trade_id": "trade_id"},
        ),
    )


def _orders(wallet: str, settle: str) -> SecondList:
    page = "Query futures order list by time range"
    return explaining(
        _listing(wallet, settle, "orders", mark("Orders"), path="orders_timerange", page=page),
        Shape(
            number=("id",),
            time="create_time",
            table="orders",
            kind=wallet,
            columns={
                "instrument": "contract",
                "type": "tif",
                "price": "price",
                "amount": "size",
                "average_price": "fill_price",
                "state": "finish_as",
                "client_id": "text",
                "updated": "finish_time",
            },
        ),
    )


def _positions(wallet: str, settle: str) -> SecondList:
    page = "Query position close history"
    return explaining(
        _listing(
            wallet, settle, "positions", mark("Closed positions"), path="position_close", page=page, rows=closed_rows
        ),
        Shape(
            number=("time", "contract", "side", "pnl"),
            time="time",
            table="positions",
            kind=wallet,
            columns={
                "instrument": "contract",
                "side": "side",
                "amount": "accum_size",
                "open_price": OPEN_PRICE,
                "close_price": CLOSE_PRICE,
                "pnl": "pnl_pnl",
                "realized": "pnl",
                "fee": "pnl_fee",
                "funding_fee": "pnl_fund",
                "asset": f"={settle.upper()}",
                "type": "text",
                "opened": OPENED,
            },
        ),
    )


def _liquidations(wallet: str, settle: str) -> SecondList:
    page = "Query liquidation history"
    return explaining(
        _listing(wallet, settle, "liquidations", mark("Liquidations"), path="liquidates", page=page),
        Shape(
            number=("time", "contract", "order_id"),
            time="time",
            table="positions",
            kind=wallet,
            columns={
                "instrument": "contract",
                "amount": "size",
                "open_price": "entry_price",
                "close_price": "fill_price",
                "asset": f"={settle.upper()}",
                "type": "=liquidation",
            },
        ),
    )


DELIVERY_FILLS = explaining(
    Listing(
        id=f"fills-{DELIVERY}",
        title=mark("Fills"),
        endpoint=documented("delivery/usdt/my_trades", "Query personal trading records", pages=BY_OFFSET),
        wallet=DELIVERY,
        used_by={DELIVERY: TRADED},
    ),
    Shape(number=("id", "contract"), time="create_time", table="fills", columns={**FILL_COLUMNS, "trade_id": "id"}),
)
_EACH: tuple[Callable[[str, str], SecondList], ...] = (_fills, _orders, _positions, _liquidations)
ACCOUNTS = {FUTURES: "usdt", BTC_FUTURES: "btc"}

CONTRACT_LISTS = (
    *(one(wallet, settle) for wallet, settle in ACCOUNTS.items() for one in _EACH),
    DELIVERY_FILLS,
)
