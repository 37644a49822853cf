"""Related accounts: areas that a key cannot see, and whether another account of the pass read them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.i18n import Message, _, mark
from auditor.model.account_index import ByUid, by_uid, place
from auditor.model.records import Area, SubAccount
from auditor.model.snapshot import (
    AccountSnapshot,
    Read,
    Reading,
    Snapshot,
    Standing,
    Trouble,
    Unread,
    records,
)

Beyond = Mapping[str, Sequence[Area]]


def add_related_accounts(snapshot: Snapshot, beyond: Beyond) -> Snapshot:
    """Return the snapshot with a reading for every area of a related account that a key cannot see.

    ``beyond``: for each exchange, the areas of a sub-account that its main account's key cannot see.
    """
    known = by_uid(snapshot)
    accounts = tuple(_add_related(account, known, beyond[account.exchange]) for account in snapshot.accounts)
    return replace(snapshot, accounts=accounts)


def _add_related(account: AccountSnapshot, known: ByUid, beyond: Sequence[Area]) -> AccountSnapshot:
    if account.refused or account.uid is None:
        return account
    more = tuple(_main_account(account, known) if account.kind == "sub" else _sub_accounts(account, known, beyond))
    return replace(account, readings=(*account.readings, *more))


def _main_account(account: AccountSnapshot, known: ByUid) -> Iterator[Reading]:
    main = _main_of(account, known)
    title = mark("The main account of this sub-account")
    advice = _("A sub-account's key cannot see its main account: add a key of the main account.")
    yield _relation_reading("main-account", Area.SUBACCOUNTS, title, None, _result_of(main, None, advice))


def _main_of(account: AccountSnapshot, known: ByUid) -> AccountSnapshot | None:
    """Return the main account by its uid.

    Where a sub-account's key does not show it, the account that lists it.
    """
    if account.main_uid is not None:
        return known.get((place(account), account.main_uid))
    near = (other for (where, _uid), other in known.items() if where == place(account))
    return next((other for other in near if account.uid in _listed(other)), None)


def _listed(account: AccountSnapshot) -> set[str]:
    return {record.uid for _reading, record in records(account) if isinstance(record, SubAccount)}


def _sub_accounts(account: AccountSnapshot, known: ByUid, beyond: Sequence[Area]) -> Iterator[Reading]:
    subs = {(r.name, r.uid): r for _reading, r in records(account) if isinstance(r, SubAccount)}
    for sub in subs.values():
        seen_by = known.get((place(account), sub.uid))
        for area in beyond:
            title = f"Sub-account: {area.value}"
            advice = _("A main account's key cannot see this of a sub-account: add a key of {name}.")
            result = _result_of(seen_by, area, advice.format(name=sub.name))
            yield _relation_reading(f"subaccount-{area.value}", area, title, sub.name, result)


def _result_of(account: AccountSnapshot | None, area: Area | None, advice: Message) -> Read | Unread:
    """Return Read when another account of this pass read the whole area (and reports it itself), else Unread."""
    if account is None:
        return Unread(reason=advice, trouble=Trouble.UNSEEN)
    unsettled = any(_trouble(r) is Trouble.UNSETTLED for r in account.readings)
    readings = [r for r in account.readings if area in {None, r.area} and r.standing is Standing.DOCUMENTED]
    read = [r.result.at for r in readings if isinstance(r.result, Read)]
    if not read or unsettled or any(_trouble(r) not in {None, Trouble.UNSEEN} for r in readings):
        reason = _("Not all of it was read with the key of {name}.").format(name=account.name)
        return Unread(reason=reason, trouble=Trouble.UNSEEN)
    return Read(records=(), rows=0, at=max(read))


def _trouble(reading: Reading) -> Trouble | None:
    return reading.result.trouble if isinstance(reading.result, Unread) else None


def _relation_reading(surface: str, area: Area, title: str, owner: str | None, result: Read | Unread) -> Reading:
    return Reading(
        surface=surface,
        area=area,
        title=title,
        standing=Standing.DOCUMENTED,
        endpoint="",
        result=result,
        owner=owner,
    )
