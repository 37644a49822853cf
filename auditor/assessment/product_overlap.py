"""Shares in products that a wallet lists under a code of their own and the product lists as well.

The table of asset codes says where the same holding is listed and at which of the two it counts. It counts at both
unless the place at which it counts shows no less.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from auditor.assessment.asset_codes import AccountCodes
from auditor.i18n import Message, _
from auditor.model.amounts import ZERO, subtract, total
from auditor.model.records import Balance, Earning
from auditor.model.snapshot import AccountSnapshot, Reading, records

HoldingKey = tuple[str, str, str | None, str]
Seen = tuple[Reading, Balance | Earning]
# What is listed twice: the products and where it counts, the coin or code by which they name it, the sub-account.
# Several codes of one coin (DOT.B, DOT28.S) share what the products show of it.
Group = tuple[frozenset[str], bool, str, str | None]


def listed_in_products(account: AccountSnapshot) -> Iterator[tuple[HoldingKey, Message]]:
    """Yield each holding that is counted at the other place that lists it, with a sentence that says where."""
    codes = AccountCodes.of(account)
    shares = _shares(account, codes)
    for group, in_wallets in shares.items():
        in_products = tuple(_in_products(account, codes, group))
        _surfaces, counts_here, _name, _owner = group
        if in_products:
            pair = (in_products, in_wallets) if counts_here else (in_wallets, in_products)
            yield from _covered(account, *pair)


def _shares(account: AccountSnapshot, codes: AccountCodes) -> dict[Group, list[Seen]]:
    """Return the balances whose code the table says to be listed in a product."""
    groups: dict[Group, list[Seen]] = defaultdict(list)
    for reading, record in records(account):
        meaning = codes.meaning(record.asset) if isinstance(record, Balance) and record.amount > ZERO else None
        if isinstance(record, Balance) and meaning is not None and meaning.code.listed_in:
            name = record.asset if meaning.code.counts_here else meaning.coin
            code = meaning.code
            groups[code.listed_in, code.counts_here, name, record.owner].append((reading, record))
    return groups


def _in_products(account: AccountSnapshot, codes: AccountCodes, group: Group) -> Iterator[Seen]:
    surfaces, counts_here, name, owner = group
    for reading, record in records(account):
        if isinstance(record, Earning) and reading.surface in surfaces and record.owner == owner:
            shown = record.asset if counts_here else codes.table.name(record.asset)
            if shown == name and record.amount is not None and record.amount > ZERO:
                yield reading, record


def _covered(
    account: AccountSnapshot, listed: Iterable[Seen], counted: Sequence[Seen]
) -> Iterator[tuple[HoldingKey, Message]]:
    """Yield the holdings of ``listed``, the largest first, as far as ``counted`` shows as much."""
    left = total(_amount(seen) for seen in counted)
    for reading, record in sorted(listed, key=_amount, reverse=True):
        amount = _amount((reading, record))
        if amount <= left and not (isinstance(record, Earning) and record.redeeming):
            left = subtract(left, amount)
            text = _("It is the same as under {place}, and counts there.")
            key = (account.name, reading.surface, record.owner, record.subject)
            yield key, text.format(place=_(counted[0][0].title))


def _amount(seen: Seen) -> Decimal:
    return seen[1].amount or ZERO
