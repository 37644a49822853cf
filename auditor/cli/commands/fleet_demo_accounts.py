"""The accounts of `audit fleet demo`: families at several exchanges, of which some have to be cleared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.demo import Account as DemoAccount
    from auditor.demo import DemoExchange

KINDS = (
    *("kraken-empty", "kraken-dust", "kraken-empty", "coinbase-empty", "kraken-empty"),
    *("kraken-messy", "kraken-empty", "krakenfutures-empty", "kraken-dust", "kraken-empty"),
)
"""The demo accounts that the families are copies of, in turn."""
TAGS = ("fund-a", "fund-b", "retail")
FIRST, EACH, DAY = timedelta(hours=7), timedelta(minutes=37), timedelta(hours=12)
"""When the first account is cleared, the time until the next one, and the time within which all are."""


@dataclass(frozen=True, slots=True)
class DemoFamily:
    """One account with a key and an identity of its own; ``cleared``: the account after its owner has cleared it."""

    account: "DemoAccount"
    cleared: "DemoAccount"
    tag: str
    clears_after: timedelta


def make_families(number: int) -> Sequence[DemoFamily]:
    """Return so many families."""
    return tuple(_families(number))


def clear_due(families: Sequence[DemoFamily], served: "DemoExchange", passed: timedelta) -> None:
    """Clear the accounts whose time has come."""
    for family in families:
        if family.account is not family.cleared and family.clears_after <= passed:
            served.put(family.cleared)


def _families(number: int) -> Iterator[DemoFamily]:
    from auditor.demo import account  # noqa: PLC0415 - only the demo needs a server

    for index in range(number):
        kind = KINDS[index % len(KINDS)]
        own = own_account(account(kind), f"{index:05d}")
        empty = account(f"{kind.partition('-')[0]}-empty")
        cleared = own if kind.endswith("-empty") else replace(own, books=empty.books, refuses=empty.refuses)
        yield DemoFamily(own, cleared, TAGS[index % len(TAGS)], FIRST + index * EACH % DAY)


def own_account(account: "DemoAccount", tag: str) -> "DemoAccount":
    """Return a copy with a name, a key and an identity of its own; Kraken's and Coinbase's are fields of the key."""
    identity = {name: f"{value}-{tag}" for name, value in account.key.items() if name in {"iban", "portfolio_uuid"}}
    return replace(
        account,
        name=f"{account.exchange}-{tag}",
        apikey=f"{account.apikey}{tag}",
        uid=f"71{tag}",
        main_uid=f"71{tag}",
        key={**account.key, **identity},
    )
