"""The tables of an archive beside its ledger, and their columns: what a list's rows are written into.

An account that is not named is the archive's own. Times are Unix milliseconds, as they came.
"""

from collections.abc import Mapping

AMOUNT_UNIT = "amount_unit"
CREDITED, LEDGER_IDS = "credited", "ledger_ids"
IN_COIN, IN_CONTRACTS = "coin", "contracts"
"""What the amount of a fill counts: the coin that was bought or sold, or contracts; blank where that is not known."""
TABLES: Mapping[str, tuple[str, ...]] = {
    "fills": (
        *("instrument", "side", "price", "amount", AMOUNT_UNIT, "fee", "fee_asset", "liquidity", "order_id"),
        *("trade_id", LEDGER_IDS),
    ),
    "transfers": ("from_wallet", "to_wallet", "from_account", "to_account", "asset", "amount", LEDGER_IDS),
    "movements": ("kind", "asset", "amount", "fee", "fee_asset", "network", "address", "txid", "state"),
    "conversions": ("side", "asset", "amount", "other_asset", "other_amount", "state", "kind"),
    "orders": (
        *("kind", "instrument", "side", "type", "price", "amount", "filled", "average_price", "fee", "fee_asset"),
        *("state", "parent_id", "client_id", "updated"),
    ),
    "positions": (
        *("kind", "instrument", "side", "amount", "open_price", "close_price", "pnl", "realized", "fee", "funding_fee"),
        *("asset", "type", "parent_id", "opened"),
    ),
    "products": ("kind", "type", "asset", "amount", "other_asset", "other_amount", "earned", "fee", "rate", "state"),
}
JOINED: Mapping[str, tuple[str, ...]] = {
    # Their time is the one by which the exchange lists them, of most when they were created.
    "movements": (CREDITED, LEDGER_IDS),
    "conversions": (LEDGER_IDS,),
}
"""Further columns at the end of a table, which the ledger fills: when a balance changed, in UTC, and by which rows."""
INCOME = ("kind", "asset", "amount", "product", "ledger_id")
AMOUNTS = frozenset(
    {
        *("price", "amount", "filled", "average_price", "fee", "open_price", "close_price", "pnl", "realized"),
        *("funding_fee", "other_amount", "earned", "rate"),
    }
)
"""Columns with exact numbers: blank where the exchange gives none."""
