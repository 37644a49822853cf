"""What one reading shows that another shows too: told and counted in one of them, once.

A sub-account whose own key was audited beside its main account, and a wallet that two requests list by its number.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from auditor.i18n import Message, _
from auditor.model.account_index import ByUid, by_uid, place
from auditor.model.records import Balance, Debt, Part, Record, SubAccount
from auditor.model.snapshot import AccountSnapshot, Reading, Snapshot, records

Holding = tuple[str, str, str | None, str]
Kind = tuple[object, ...]
# An amount says these already.
WITHIN = frozenset({Part.AVAILABLE, Part.FROZEN})


def told_elsewhere(snapshot: Snapshot) -> Mapping[Holding, Message]:
    """Give, for each holding that another reading shows too and no smaller, a sentence on where it counts."""
    known = by_uid(snapshot)
    found: dict[Holding, Message] = {}
    for account in snapshot.accounts:
        found.update(_by_its_own_key(account, known))
        found.update(_listed_twice(account))
    return found


def _by_its_own_key(main: AccountSnapshot, known: ByUid) -> Iterator[tuple[Holding, Message]]:
    own = {name: account for name, account in _sub_accounts(main, known).items() if account is not None}
    shown = {name: _shown(account) for name, account in own.items()}
    for reading, record in records(main):
        if record.owner in own and record.holds and _is_in(shown[record.owner], record):
            text = _("It is counted in account {account}, whose own key shows it.")
            yield _holding(main, reading, record), text.format(account=own[record.owner].name)


def _holding(account: AccountSnapshot, reading: Reading, record: Record) -> Holding:
    return (account.name, reading.surface, record.owner, record.subject)


def _sub_accounts(main: AccountSnapshot, known: ByUid) -> Mapping[str, AccountSnapshot | None]:
    """Give the account of this pass behind each sub-account's name; None where two share the name."""
    uids: dict[str, set[str]] = {}
    for _reading, record in records(main):
        if isinstance(record, SubAccount):
            uids.setdefault(record.name, set()).add(record.uid)
    return {name: known.get((place(main), found.pop())) if len(found) == 1 else None for name, found in uids.items()}


def _shown(account: AccountSnapshot) -> Mapping[Kind, list[Balance | Debt]]:
    found: dict[Kind, list[Balance | Debt]] = defaultdict(list)
    for _reading, record in records(account):
        if isinstance(record, Balance | Debt) and record.owner is None and record.holds:
            found[_kind(record)].append(record)
    return found


def _kind(record: Balance | Debt) -> Kind:
    if isinstance(record, Balance):
        return (Balance, record.wallet, record.asset, record.tradable)
    return (Debt, record.kind, record.asset, record.collateral)


def _is_in(shown: Mapping[Kind, list[Balance | Debt]], record: Record) -> bool:
    if not isinstance(record, Balance | Debt):
        return False
    return any(_no_less(own, record) for own in shown.get(_kind(record), ()))


def _no_less(own: Balance | Debt, seen: Balance | Debt, within: frozenset[str] = frozenset()) -> bool:
    """Whether ``own`` hides nothing of ``seen``: its parts may move with prices, its amount may not be smaller."""
    if own.amount is None or seen.amount is None:
        return own.amount is seen.amount
    whole = abs(own.amount) >= abs(seen.amount) and (own.amount < 0) is (seen.amount < 0)
    return whole and all(own.held.get(part) for part, figure in seen.held.items() if figure and part not in within)


def _listed_twice(account: AccountSnapshot) -> Iterator[tuple[Holding, Message]]:
    for group in _same_wallets(account):
        where, most = max(group, key=lambda pair: (abs(pair[1].amount), len(pair[1].held)))
        within = WITHIN if most.amount else frozenset[str]()
        for reading, record in group:
            if reading.surface != where.surface and _no_less(most, record, within):
                text = _("It is the same as under {place}, and counts there.")
                yield _holding(account, reading, record), text.format(place=_(where.title))


def _same_wallets(account: AccountSnapshot) -> Iterator[Sequence[tuple[Reading, Balance]]]:
    """Give the balances of each wallet that is named by more than its asset, in a list for each such wallet."""
    found: dict[Kind, list[tuple[Reading, Balance]]] = defaultdict(list)
    for reading, record in records(account):
        if isinstance(record, Balance) and record.holds and record.owner is None and record.subject != record.asset:
            found[(*_kind(record), record.subject)].append((reading, record))
    yield from found.values()
