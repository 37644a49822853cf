"""Binance: rows of margin: what names the symbols that a list is asked for, and trades."""

from collections.abc import Callable, Iterator

from auditor.exchanges.binance.archive_lists.fills import SYMBOLS
from auditor.exchanges.binance.archive_lists.listing import moment_of
from auditor.spec.fields import flag, required
from auditor.spec.history_tables import IN_COIN
from auditor.spec.paged_list import RowsOf
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow

FILL_FIELDS = (
    *required(texts="symbol id orderId", amounts="price qty commission", times="time"),
    *(flag("isMaker"), flag("isBuyer")),
)


def names_of(*lists: str, name: str) -> Callable[[RowsOf], Iterator[str]]:
    """Return what finds the values of a field in the rows of some lists."""

    def find(rows_of: RowsOf) -> Iterator[str]:
        values = (row.get(name) for one in lists for row in rows_of(one))
        yield from (value for value in values if isinstance(value, str) and value)

    return find


def pairs_between(*lists: str) -> Callable[[RowsOf], Iterator[str]]:
    """Return what finds the symbols of which both coins stand in some lists: a trade there changes both."""
    coins = names_of(*lists, name="asset")

    def find(rows_of: RowsOf) -> Iterator[str]:
        held = set(coins(rows_of))
        for row in rows_of(SYMBOLS.id):
            if {row.get("baseAsset"), row.get("quoteAsset")} <= held:
                yield str(row.get("symbol"))

    return find


def fill_of(kind: str) -> Callable[[Row], ListedRow]:
    """Return what reads a trade, whose symbol spot has, too."""

    def fill(row: Row) -> ListedRow:
        side, liquidity = "buy" if row.flag("isBuyer") else "sell", "maker" if row.flag("isMaker") else "taker"
        number, fee = row.text("id"), row.hints("commission", "commissionAsset")
        terms = (f"{row.text('symbol')} ({kind})", side, *row.hints("price", "qty"), IN_COIN)
        cells = (*terms, *fee, liquidity, row.text("orderId"), number, "")
        return ListedRow(id=number, time=moment_of(row, "time"), cells=cells)

    return fill
