"""Accounts that are judged together: a main account and its sub-accounts."""

from collections.abc import Collection, Iterable, Iterator

from auditor.model.records import SubAccount
from auditor.model.report import Report
from auditor.model.snapshot import AccountSnapshot, records


def has_related_accounts(report: Report, names: Collection[str]) -> bool:
    """Return whether a main account or a sub-account of those with ``names`` is among the other accounts.

    What a sub-account shows to its own key is reported there, and nowhere at its main account.
    """
    snapshots = [account.snapshot for account in report.accounts]
    chosen = _uids(snapshot for snapshot in snapshots if snapshot.name in names)
    return bool(chosen & _uids(snapshot for snapshot in snapshots if snapshot.name not in names))


def _uids(accounts: Iterable[AccountSnapshot]) -> set[tuple[str, str]]:
    """Return the uids of accounts, of their main accounts and of their sub-accounts, each with its exchange."""
    return {(one.exchange, uid) for one in accounts for uid in (one.uid, one.main_uid, *_listed(one)) if uid}


def _listed(account: AccountSnapshot) -> Iterator[str]:
    yield from (record.uid for _reading, record in records(account) if isinstance(record, SubAccount))
