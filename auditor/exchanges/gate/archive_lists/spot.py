"""Gate: trades, orders and conversions of the spot account; trades and orders of isolated margin are among them."""

from auditor.exchanges.gate.archive_lists.explaining import BY_PAGE, Listing, Shape, explaining, flat_rows, of_spot
from auditor.exchanges.gate.sources import SELDOM, documented, months
from auditor.i18n import mark
from auditor.spec.endpoint import Numbered

TRADED = of_spot("101 102 new_order order_fill")

FILLS = explaining(
    Listing(
        id="fills",
        title=mark("Fills"),
        endpoint=documented(
            "spot/my_trades",
            "Query personal trading records",
            pages=Numbered(number="page", limit="limit", size=1000, total=None, most=100_000),
            windows=months(),
        ),
        used_by=TRADED,
    ),
    Shape(
        number=("id", "currency_pair"),
        time="create_time_ms",
        unit="ms",
        table="fills",
        columns={
            "instrument": "currency_pair",
            "side": "side",
            "price": "price",
            "amount": "amount",
            "fee": "fee",
            "fee_asset": "fee_currency",
            "liquidity": "role",
            "order_id": "order_id",
            "trade_id": "id",
        },
    ),
)
ORDERS = explaining(
    Listing(
        id="orders",
        title=mark("Orders"),
        endpoint=documented(
            "spot/orders", "List orders", pages=BY_PAGE, windows=months(), asking={"status": "finished"}
        ),
        used_by=TRADED,
    ),
    Shape(
        number=("id",),
        time="create_time_ms",
        unit="ms",
        table="orders",
        kind="spot",
        columns={
            "instrument": "currency_pair",
            "side": "side",
            "type": "type",
            "price": "price",
            "amount": "amount",
            "filled": "filled_amount",
            "average_price": "avg_deal_price",
            "fee": "fee",
            "fee_asset": "fee_currency",
            "state": "status",
            "client_id": "text",
            "updated": "update_time_ms",
        },
    ),
)
FLASH_SWAPS = explaining(
    Listing(
        id="flash-swaps",
        title=mark("Conversions"),
        endpoint=documented("flash_swap/orders", "Query flash swap order list", limit=SELDOM, pages=BY_PAGE),
        used_by=of_spot("2601 2602 2605 2606 2612 2613 cv_buy cv_sell"),
    ),
    Shape(
        number=("id",),
        time="create_time",
        unit="ms",
        table="conversions",
        kind="convert",
        columns={
            "side": "=sell",
            "asset": "sell_currency",
            "amount": "sell_amount",
            "other_asset": "buy_currency",
            "other_amount": "buy_amount",
            "state": "status",
        },
    ),
)
SMALL_BALANCES = explaining(
    Listing(
        id="small-conversions",
        title=mark("Conversions of small balances"),
        endpoint=documented(
            "wallet/small_balance_history",
            "Get convertible small balance currency history",
            rows=flat_rows,
            pages=BY_PAGE,
        ),
        used_by=of_spot("1301 1302 1307 1310 1311 1312 1322 1323 dust_swap_dctd dust_swap_gt_add"),
    ),
    Shape(
        number=("id", "currency"),
        time="create_time",
        table="conversions",
        kind="dust",
        columns={
            "side": "=sell",
            "asset": "currency",
            "amount": "amount",
            "other_asset": "=GT",
            "other_amount": "gt_amount",
        },
    ),
)

SPOT_LISTS = (FILLS, ORDERS, FLASH_SWAPS, SMALL_BALANCES)
