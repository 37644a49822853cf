"""Coinbase: whether each wallet by itself comes to what is in it, where a coin has several wallets.

What one of them lacks and another has too much of leaves no trace in the sum of both.
"""

from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.exchanges.coinbase.archive_wallets import ASSET, BALANCE_NOW, NAME, WALLETS_ID
from auditor.exchanges.coinbase.transfer_halves import DONE, TRANSACTIONS_ID, WALLET
from auditor.model.amounts import ZERO, add, parse, subtract
from auditor.spec.paged_list import RowsOf

WINDOW = 1000
"""Rows that may come again, in a page that a later run repeats: more than two pages have."""


@dataclass(slots=True)
class _Sum:
    """What the transactions of one wallet come to: one that comes again counts as it came last."""

    amount: Decimal = ZERO
    recent: OrderedDict[str, Decimal] = field(default_factory=OrderedDict)

    def take(self, number: str, change: Decimal) -> None:
        self.amount = add(self.amount, subtract(change, self.recent.pop(number, ZERO)))
        self.recent[number] = change
        if len(self.recent) > WINDOW:
            self.recent.popitem(last=False)


def uneven_wallets(rows_of: RowsOf) -> Mapping[str, str]:
    """Return wallets, by id with their names, whose transactions do not come to what is in them."""
    wallets = {str(row.get("id")): row for row in rows_of(WALLETS_ID)}
    coins = Counter(row.get(ASSET) for row in wallets.values())
    sums = {number: _Sum() for number, row in wallets.items() if coins[row.get(ASSET)] > 1}
    for row in rows_of(TRANSACTIONS_ID) if sums else ():
        one, money = sums.get(str(row.get(WALLET))), row.get("amount")
        size = parse(money.get("amount")) if isinstance(money, dict) and row.get("status") == DONE else None
        if one is not None:
            one.take(str(row.get("id")), size or ZERO)
    return {
        number: str(wallets[number].get(NAME) or number)
        for number, one in sums.items()
        if one.amount != parse(wallets[number].get(BALANCE_NOW))
    }
