"""Gate: the ledger and the orders of Alpha, whose tokens have names of their own. Both only explain."""

from auditor.exchanges.gate.archive_lists.explaining import BY_PAGE, explaining, in_table
from auditor.exchanges.gate.sources import SELDOM, documented, months
from auditor.i18n import mark

ALPHA_LISTS = (
    explaining(
        id="alpha-ledger",
        title=mark("Alpha: ledger"),
        endpoint=documented(
            "alpha/account_book",
            "Alpha account transaction history API",
            limit=SELDOM,
            pages=BY_PAGE,
            windows=months(),
        ),
        **in_table(
            "products",
            "alpha",
            number="id time currency change balance",
            time="time",
            columns="type:=change asset:currency amount:change other_amount:balance",
        ),
    ),
    explaining(
        id="alpha-orders",
        title=mark("Alpha: orders"),
        # Of all states.
        endpoint=documented(
            "alpha/orders",
            "Alpha order list API",
            limit=SELDOM,
            pages=BY_PAGE,
            windows=months(),
            asking={"status": "0"},
        ),
        **in_table(
            "conversions",
            "alpha",
            number="order_id",
            time="create_time",
            columns=(
                "side asset:currency amount:currency_amount other_asset:=USDT other_amount:usdt_amount state:status"
            ),
        ),
    ),
)
