"""Gate: trades, orders and conversions of the spot account; trades and orders of isolated margin are among them."""

from auditor.exchanges.gate.archive_lists.explaining import BY_PAGE, explaining, flat_rows, in_table, of_spot
from auditor.exchanges.gate.sources import SELDOM, documented, months
from auditor.i18n import mark
from auditor.spec.endpoint import Numbered

TRADED = of_spot("101 102 new_order order_fill")

FILLS = explaining(
    id="fills",
    title=mark("Fills"),
    endpoint=documented(
        "spot/my_trades",
        "Query personal trading records",
        pages=Numbered(number="page", limit="limit", size=1000, total=None, most=100_000),
        windows=months(),
    ),
    **in_table(
        "fills",
        "",
        number="id currency_pair",
        time="create_time_ms",
        unit="ms",
        columns=(
            "instrument:currency_pair side price amount amount_unit:=coin fee fee_asset:fee_currency liquidity:role "
            "order_id trade_id:id"
        ),
    ),
    # Rows of the ledger name an order: of one with several fills, it is not known which is of which.
    joined_by={"order_id": "order_id"},
    used_by=TRADED,
)
ORDERS = explaining(
    id="orders",
    title=mark("Orders"),
    endpoint=documented("spot/orders", "List orders", pages=BY_PAGE, windows=months(), asking={"status": "finished"}),
    **in_table(
        "orders",
        "spot",
        number="id",
        time="create_time_ms",
        unit="ms",
        columns=(
            "instrument:currency_pair side type price amount filled:filled_amount average_price:avg_deal_price fee "
            "fee_asset:fee_currency state:status client_id:text updated:update_time_ms"
        ),
    ),
    used_by=TRADED,
)
FLASH_SWAPS = explaining(
    id="flash-swaps",
    title=mark("Conversions"),
    endpoint=documented("flash_swap/orders", "Query flash swap order list", limit=SELDOM, pages=BY_PAGE),
    **in_table(
        "conversions",
        "convert",
        number="id",
        time="create_time",
        unit="ms",
        columns=(
            "side:=sell asset:sell_currency amount:sell_amount other_asset:buy_currency other_amount:buy_amount "
            "state:status"
        ),
    ),
    used_by=of_spot("2601 2602 2605 2606 2612 2613 cv_buy cv_sell"),
)
SMALL_BALANCES = explaining(
    id="small-conversions",
    title=mark("Conversions of small balances"),
    endpoint=documented(
        "wallet/small_balance_history", "Get convertible small balance currency history", rows=flat_rows, pages=BY_PAGE
    ),
    **in_table(
        "conversions",
        "dust",
        number="id currency",
        time="create_time",
        columns="side:=sell asset:currency amount other_asset:=GT other_amount:gt_amount",
    ),
    used_by=of_spot("1301 1302 1307 1310 1311 1312 1322 1323 dust_swap_dctd dust_swap_gt_add"),
)

SPOT_LISTS = (FILLS, ORDERS, FLASH_SWAPS, SMALL_BALANCES)
