"""Holdings that two readings show: they are reported and counted only once.

There are four cases: a sub-account that was audited with its own key as well as through its main account, a wallet
that two requests list by its number, a share in a product that the wallet and the product list, and a place that two
keys of one user show alike.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from auditor.assessment.product_overlap import HoldingKey, listed_in_products
from auditor.i18n import Message, _
from auditor.model.account_index import ByUid, by_uid, place
from auditor.model.records import Balance, Debt, Part, Record, SubAccount
from auditor.model.snapshot import AccountSnapshot, Reading, Snapshot, records

HoldingKind = tuple[object, ...]
# The amount of a balance already includes these parts.
INCLUDED_PARTS = frozenset({Part.AVAILABLE, Part.FROZEN})


def counted_elsewhere(snapshot: Snapshot) -> Mapping[HoldingKey, Message]:
    """Return the holdings that are counted in another reading, with a sentence that says where.

    A holding is included only if the other reading shows it no smaller.
    """
    accounts = by_uid(snapshot)
    notes: dict[HoldingKey, Message] = {}
    for account in snapshot.accounts:
        notes.update(_shown_to_another_key(account, snapshot))
        notes.update(_audited_separately(account, accounts))
        notes.update(_listed_twice(account))
        notes.update(listed_in_products(account))
    return notes


def _shown_to_another_key(account: AccountSnapshot, snapshot: Snapshot) -> Iterator[tuple[HoldingKey, Message]]:
    """Yield what a place of the whole user shows, where another of the user's keys shows it in its own account.

    Else it counts in the first account.
    """
    is_any = any(reading.of_user for reading in account.readings)
    others = [other for other in snapshot.accounts if is_any and _are_of_one_user(account, other)]
    before = snapshot.accounts[: snapshot.accounts.index(account)]
    for reading, record in records(account) if others else ():
        if reading.of_user and record.holds and record.owner is None:
            owning = (other for other in others if isinstance(record, Balance) and _owns(other, record))
            earlier = (other for other in others if other in before and _shows(other, reading, record))
            counted = next(owning, None) or next(earlier, None)
            if counted is not None:
                text = _("It is counted in account {account}, whose own key shows it.")
                yield _holding(account, reading, record), text.format(account=counted.name)


def _are_of_one_user(one: AccountSnapshot, other: AccountSnapshot) -> bool:
    """Return whether one of two accounts at one place lists the other."""
    if one is other or place(one) != place(other) or one.uid is None or other.uid is None:
        return False
    listed = {
        record.uid for each in (one, other) for _reading, record in records(each) if isinstance(record, SubAccount)
    }
    return one.uid in listed or other.uid in listed


def _owns(account: AccountSnapshot, seen: Balance) -> bool:
    """Return whether an account shows this balance in a place of its own, and no smaller."""
    return any(
        isinstance(own, Balance)
        and not reading.of_user
        and (own.subject, _kind(own)) == (seen.subject, _kind(seen))
        and _covers(own, seen, INCLUDED_PARTS)
        for reading, own in records(account)
    )


def _shows(account: AccountSnapshot, shown: Reading, seen: Record) -> bool:
    """Return whether an account shows exactly this at the same place."""
    return any(reading.surface == shown.surface and own == seen for reading, own in records(account))


def _audited_separately(main: AccountSnapshot, accounts: ByUid) -> Iterator[tuple[HoldingKey, Message]]:
    audited = {name: account for name, account in _sub_accounts(main, accounts).items() if account is not None}
    shown_there = {name: _by_kind(account) for name, account in audited.items()}
    for reading, record in records(main):
        if record.owner in audited and record.holds and _is_shown(shown_there[record.owner], record):
            text = _("It is counted in account {account}, whose own key shows it.")
            yield _holding(main, reading, record), text.format(account=audited[record.owner].name)


def _holding(account: AccountSnapshot, reading: Reading, record: Record) -> HoldingKey:
    return (account.name, reading.surface, record.owner, record.subject)


def _sub_accounts(main: AccountSnapshot, accounts: ByUid) -> Mapping[str, AccountSnapshot | None]:
    """Return the audited account of each sub-account, by the sub-account's name.

    None if the sub-account was not audited with a key of its own, or if two share the name.
    """
    uids: dict[str, set[str]] = {}
    for _reading, record in records(main):
        if isinstance(record, SubAccount):
            uids.setdefault(record.name, set()).add(record.uid)
    return {
        name: accounts.get((place(main), candidates.pop())) if len(candidates) == 1 else None
        for name, candidates in uids.items()
    }


def _by_kind(account: AccountSnapshot) -> Mapping[HoldingKind, list[Balance | Debt]]:
    by_kind: dict[HoldingKind, list[Balance | Debt]] = defaultdict(list)
    for _reading, record in records(account):
        if isinstance(record, Balance | Debt) and record.owner is None and record.holds:
            by_kind[_kind(record)].append(record)
    return by_kind


def _kind(record: Balance | Debt) -> HoldingKind:
    if isinstance(record, Balance):
        return (Balance, record.wallet, record.asset, record.tradable)
    return (Debt, record.kind, record.asset, record.collateral)


def _is_shown(shown: Mapping[HoldingKind, list[Balance | Debt]], record: Record) -> bool:
    if not isinstance(record, Balance | Debt):
        return False
    return any(_covers(own, record) for own in shown.get(_kind(record), ()))


def _covers(own: Balance | Debt, seen: Balance | Debt, within: frozenset[str] = frozenset()) -> bool:
    """Return whether ``own`` covers ``seen``: no smaller, and with every part that it has.

    The size of a part is not compared, since it may move with prices. Parts in ``within`` may be missing.
    """
    if own.amount is None or seen.amount is None:
        return own.amount is seen.amount
    whole = abs(own.amount) >= abs(seen.amount) and (own.amount < 0) is (seen.amount < 0)
    return whole and all(own.held.get(part) for part, figure in seen.held.items() if figure and part not in within)


def _listed_twice(account: AccountSnapshot) -> Iterator[tuple[HoldingKey, Message]]:
    for group in _same_wallets(account):
        largest_reading, largest = max(group, key=lambda pair: (abs(pair[1].amount), len(pair[1].held)))
        within = INCLUDED_PARTS if largest.amount else frozenset[str]()
        for reading, record in group:
            if reading.surface != largest_reading.surface and _covers(largest, record, within):
                text = _("It is the same as under {place}, and counts there.")
                yield _holding(account, reading, record), text.format(place=_(largest_reading.title))


def _same_wallets(account: AccountSnapshot) -> Iterator[Sequence[tuple[Reading, Balance]]]:
    """Yield the balances of each wallet whose subject is more specific than its asset."""
    wallets: dict[HoldingKind, list[tuple[Reading, Balance]]] = defaultdict(list)
    for reading, record in records(account):
        if isinstance(record, Balance) and record.holds and record.owner is None and record.subject != record.asset:
            wallets[(*_kind(record), record.subject)].append((reading, record))
    yield from wallets.values()
