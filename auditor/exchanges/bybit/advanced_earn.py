"""Bybit: dual assets, discount buy, smart leverage and double win.

Discount buy leaves out positions in MNT: an order for one that is not settled tells of it, and they are looked at by
eye.
"""

from auditor.exchanges.bybit.earn_rows import TEN, EarnRow, Over, earn_place, earn_rows, never_over, over_in
from auditor.exchanges.bybit.sources import PAGES_OF_20, asking, documented
from auditor.spec.blanks import blank_unless
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.spec.surface import Surface

PLACED = frozenset({"Success", "Settled"})
REFUNDED = frozenset({"Processed", "REFUND_DONE"})
# The list of positions of discount buy leaves it out.
HIDDEN_COIN = "MNT"


def _order_is_over(row: Row) -> bool:
    """Return whether an order became a position, or failed and was refunded."""
    refund = str(row.raw.get("refundStatus"))
    return refund in REFUNDED if row.text("status") == "Fail" else refund == "" and row.text("status") in PLACED


def _discount_order_is_over(row: Row) -> bool:
    """Return whether an order is over; one in MNT is not before its position is settled, since no list shows that."""
    is_hidden = HIDDEN_COIN in {row.hint("coin"), row.hint("underlyingAsset")}
    return _order_is_over(row) and not (is_hidden and row.text("status") == "Success")


def _positions(name: str, title: str, category: str, *, asset: str, over: Over = never_over) -> Surface:
    return earn_place(
        name,
        title,
        documented(
            "v5/earn/advance/position",
            f"Advanced Earn, {category}, Get Position",
            TEN,
            asking(category=category),
            pages=PAGES_OF_20,
        ),
        earn_rows(
            EarnRow(product=title, number="positionId", asset=asset, amount="amount", end="settlementTime"), over
        ),
    )


def _orders(name: str, title: str, product: str, category: str, *, asset: str, over: Over = _order_is_over) -> Surface:
    return earn_place(
        name,
        title,
        documented(
            "v5/earn/advance/order",
            f"Advanced Earn, {category}, Get Order",
            TEN,
            asking(category=category),
            pages=PAGES_OF_20,
        ),
        earn_rows(
            EarnRow(
                product=product,
                number="orderId",
                asset=asset,
                amount="amount",
                # Blank in every other state than Fail.
                further=(text("refundStatus", blank_unless("status", "Fail")),),
                moves=True,
            ),
            over,
        ),
    )


ADVANCED_EARN = (
    _positions("dual-assets", "Dual Asset", "DualAssets", asset="investCoin"),
    _positions("discount-buy", "Discount Buy", "DiscountBuy", asset="coin"),
    _positions("smart-leverage", "Smart Leverage", "SmartLeverage", asset="investCoin", over=over_in("Settled")),
    _positions("double-win", "Double-Win", "DoubleWin", asset="investCoin"),
    _orders("dual-asset-orders", "Dual Asset: orders under way", "Dual Asset", "DualAssets", asset="coin"),
    _orders(
        "discount-buy-orders",
        "Discount Buy: orders under way",
        "Discount Buy",
        "DiscountBuy",
        asset="coin",
        over=_discount_order_is_over,
    ),
    _orders(
        "smart-leverage-orders",
        "Smart Leverage: orders under way",
        "Smart Leverage",
        "SmartLeverage",
        asset="investCoin",
    ),
    _orders("double-win-orders", "Double-Win: orders under way", "Double-Win", "DoubleWin", asset="investCoin"),
)
