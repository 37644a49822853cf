"""Coinbase: how much of an asset a row of the breakdown shows: its total, or else what is said to be available."""

from decimal import Decimal

from auditor.model.amounts import ZERO, parse
from auditor.spec.parsed_row import Row

TOTAL, WORTH = "total_balance_crypto", "total_balance_fiat"
AVAILABLE = ("available_to_trade_crypto", "available_to_transfer_crypto", "available_to_send_crypto")
# Sizes of open orders in a row of a perpetual future.
ORDERED = ("buy_order_size", "sell_order_size")


def figure_of(row: Row) -> Decimal:
    """Return the total of a row; where that is 0, what it says to be available all the same."""
    seen = (parse(row.raw.get(name)) for name in AVAILABLE)
    return row.amount(TOTAL) or next(filter(None, seen), ZERO)


def stated_figure(row: Row) -> Decimal | None:
    """Return the figure of a row; None where it is 0 and yet worth something, as totals are rounded to eight digits."""
    figure = figure_of(row)
    return None if not figure and parse(row.raw.get(WORTH)) else figure


def ordered(row: Row) -> Decimal:
    """Return the size of the open orders that a row of a perpetual future shows, 0 without any."""
    return next((size for name in ORDERED if (size := parse(row.raw.get(name)))), ZERO)
