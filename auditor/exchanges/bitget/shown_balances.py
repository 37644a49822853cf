"""Bitget: what its wallets show now, and how that is compared with ledgers that have more digits.

Real answers of 2025 and 2026: ledgers with up to 16 digits after the point, balances with 8; a unified account's
balance is what no order holds, and ``locked`` the rest (ccxt/ccxt#30083).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from auditor.exchanges.bitget.sources import rows_or_null
from auditor.model import amounts
from auditor.spec.ledger import ShownBalances
from auditor.spec.rows import rows_in

PLACES = 8
UNIT = Decimal(1).scaleb(-PLACES)
UNION = "union"
"""Of a futures account: the mode in which several assets are margin."""
OPEN = ("crossedUnrealizedPL", "isolatedUnrealizedPL", "crossedMargin", "isolatedMargin")
"""What shows a position where ``unrealizedPL`` is blank, as in the documentation's example."""
HELD = "held"
"""The field with what is computed of a row; blank where it cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutBalances(ShownBalances):
    """Balances with 8 digits after the point, each part by itself cut or rounded to them.

    ``computed``: the amount is the difference of two figures, of which one may have more digits than the other.
    """

    computed: bool = False

    def agrees(self, shown: Decimal, exact: Decimal) -> bool:
        """Return whether what is shown is an exact amount, as far as it is shown."""
        is_cut = self.computed and amounts.digits_of(shown) > PLACES
        if amounts.digits_of(exact) <= PLACES and not is_cut:
            return shown == exact
        return abs(amounts.subtract(shown, exact)) < UNIT * (1 + len(self.more))


def unified_rows(data: object) -> list[object]:
    """Return the coins of a unified account.

    How a debt stands in the balance is not documented: what is owed leaves a coin's balance unread.
    """
    return [_without_debt(row) for row in rows_in("assets")(data)]


def _without_debt(row: object) -> object:
    if not isinstance(row, dict):
        return row
    owes = amounts.parse(row.get("debt") or "0")
    coin = {**row, **_cut_once(row), "coin": str(row.get("coin") or "").upper()}
    return coin if owes is not None and not owes else {**coin, "balance": ""}


def _cut_once(row: Mapping[str, object]) -> Mapping[str, str]:
    """Return a coin's equity in place of its free and locked parts, where it is both: the parts are cut one by one."""
    free, locked, equity = (amounts.parse(row.get(name)) for name in ("balance", "locked", "equity"))
    if free is None or not locked or equity is None:
        return {}
    is_both = abs(amounts.subtract(equity, amounts.add(free, locked))) < 2 * UNIT
    return {"balance": amounts.plain(equity), "locked": "0"} if is_both else {}


def upper_rows(data: object) -> list[object]:
    """Return the coins of a wallet, which documentation writes in small letters."""
    return [_upper(row) for row in rows_or_null(data)]


def _upper(row: object) -> object:
    if not isinstance(row, dict):
        return row
    blanks = {name: "0" for name in ("frozen", "locked") if row.get(name) == ""}
    return {**row, **blanks, "coin": str(row.get("coin") or "").upper()}


def futures_coins(data: object) -> list[object]:
    """Return what a futures account holds: equity without what is unrealized.

    With several assets as margin (``union``), what equity is of is not documented: it leaves the balance unread.
    """
    return [_of_futures(row) for row in rows_or_null(data)]


def _of_futures(row: object) -> object:
    if not isinstance(row, dict):
        return row
    equity, unrealized = amounts.parse(row.get("accountEquity")), _unrealized(row)
    held = ""
    if equity is not None and unrealized is not None and row.get("assetMode") != UNION:
        held = amounts.plain(amounts.subtract(equity, unrealized))
    return {**row, "coin": str(row.get("marginCoin") or "").upper(), HELD: held}


def _unrealized(row: Mapping[str, object]) -> Decimal | None:
    """Return the open profit: a blank one is nothing where no other field shows a position, else None."""
    if row.get("unrealizedPL"):
        return amounts.parse(row["unrealizedPL"])
    figures = (amounts.parse(row.get(name) or "0") for name in OPEN)
    return amounts.ZERO if all(figure is not None and not figure for figure in figures) else None


def cross_coins(data: object) -> list[object]:
    """Return what is in a cross margin account: blank for a coin of which something is owed."""
    return [_of_cross(row) for row in rows_or_null(data)]


def _of_cross(row: object) -> object:
    if not isinstance(row, dict):
        return row
    owed = (amounts.parse(row.get(name) or "0") for name in ("borrow", "interest"))
    is_free = all(figure is not None and not figure for figure in owed)
    return {**row, "coin": str(row.get("coin") or "").upper(), HELD: row.get("totalAmount") if is_free else ""}
