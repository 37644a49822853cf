"""Find an account of a snapshot by where it lives and its uid."""

from collections.abc import Mapping

from auditor.model.snapshot import AccountSnapshot, Environment, Snapshot

Place = tuple[str, Environment, str | None]
ByUid = Mapping[tuple[Place, str | None], AccountSnapshot]


def by_uid(snapshot: Snapshot) -> ByUid:
    """Return every account that was audited, by where it lives and its uid."""
    return {(place(a), a.uid): a for a in snapshot.accounts if a.uid and not a.refused}


def place(account: AccountSnapshot) -> Place:
    """Return where an account lives. Paper trading has the same uids as real accounts, and says nothing of them."""
    live = account.environment is Environment.LIVE
    return (account.exchange, account.environment, None if live else account.host)
