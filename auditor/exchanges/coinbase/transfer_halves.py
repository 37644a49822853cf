"""Coinbase: the two transactions of a transfer between wallets or a conversion, and which has no other half.

Staking, a vault and another portfolio are wallets of their own. Coinbase does not always list them.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from auditor.exchanges.coinbase.archive_wallets import NAME, WALLETS_ID
from auditor.exchanges.coinbase.history_kinds import CONVERSION, HALVES
from auditor.model.amounts import ZERO, parse
from auditor.spec.paged_list import RowsOf

TRANSACTIONS_ID, WALLET, DONE = "transactions", "@wallet", "completed"
RENAMED = {"ETH2": "ETH"}
"""Staked ETH had a code of its own until 2025: the halves of a transfer may have either."""


class Half(NamedTuple):
    """One transaction of a transfer: its wallet and its id."""

    wallet: str
    id: str


@dataclass(frozen=True, slots=True)
class Halves:
    """The transfers between wallets, and conversions.

    ``lone``: halves of both without another; ``others``: what came in, by what went out; ``names``: of wallets, by
    their ids.
    """

    lone: frozenset[Half] = frozenset()
    others: Mapping[Half, Half] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def halves_in(rows_of: RowsOf) -> Halves:
    """Return the transfers between wallets: of one type, coin and amount, in the order of time."""
    names = {str(row.get("id")): str(row.get(NAME) or row.get("id")) for row in rows_of(WALLETS_ID)}
    given: defaultdict[Hashable, list[tuple[str, Half]]] = defaultdict(list)
    taken: defaultdict[Hashable, list[tuple[str, Half]]] = defaultdict(list)
    for half, (key, time, size) in _moved(rows_of).items():
        (given if size < ZERO else taken)[key].append((time, half))
    lone = _lone_conversions(rows_of)
    others: dict[Half, Half] = {}
    for key in {*given, *taken}:
        out, back = ([half for _time, half in sorted(one[key])] for one in (given, taken))
        pairs = _pairs(out, back)
        others |= pairs or {}
        lone |= set() if pairs is not None else {*out, *back}
    return Halves(frozenset(lone), others, names)


def _pairs(out: Sequence[Half], back: Sequence[Half]) -> dict[Half, Half] | None:
    """Return what came in by what went out of another wallet; None where not each has such another half."""
    found = list(back)
    if len(out) != len(back):
        return None
    for place, one in enumerate(out):
        if one.wallet == found[place].wallet:
            # What went out of a wallet and came back to it is two transfers, each with a half in another one.
            halves = enumerate(zip(out, found, strict=True))
            other = next((at for at, both in halves if all(half.wallet != one.wallet for half in both)), None)
            if other is None:
                return None
            found[place], found[other] = found[other], found[place]
    return dict(zip(out, found, strict=True))


def _lone_conversions(rows_of: RowsOf) -> set[Half]:
    """Return conversions of which one transaction is here: both have the id of one trade."""
    ids = {
        Half(str(row.get(WALLET)), str(row.get("id"))): trade["id"]
        for row in rows_of(TRANSACTIONS_ID)
        if row.get("type") == CONVERSION and row.get("status") == DONE
        if isinstance(trade := row.get(CONVERSION), dict) and isinstance(trade.get("id"), str)
    }
    counts = Counter(ids.values())
    return {half for half, number in ids.items() if counts[number] == 1}


def _moved(rows_of: RowsOf) -> dict[Half, tuple[Hashable, str, Decimal]]:
    """Return of each transaction of a transfer what both halves have in common, its time and its amount."""
    found: dict[Half, tuple[Hashable, str, Decimal]] = {}
    for row in rows_of(TRANSACTIONS_ID):
        code, money = str(row.get("type")), row.get("amount")
        size = parse(money.get("amount")) if isinstance(money, dict) and code in HALVES else None
        if not size or not isinstance(money, dict) or row.get("status") != DONE:
            continue
        asset = str(money.get("currency"))
        half = Half(str(row.get(WALLET)), str(row.get("id")))
        found[half] = (code, RENAMED.get(asset, asset), abs(size)), str(row.get("created_at")), size
    return found
