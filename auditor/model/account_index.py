"""Find an account of a snapshot by exchange, environment, host and uid."""

from collections.abc import Mapping

from auditor.model.snapshot import AccountSnapshot, Environment, Snapshot

Place = tuple[str, Environment, str | None]
ByUid = Mapping[tuple[Place, str | None], AccountSnapshot]


def by_uid(snapshot: Snapshot) -> ByUid:
    """Return every audited account by its place and uid."""
    return {(place(a), a.uid): a for a in snapshot.accounts if a.uid and not a.refused}


def place(account: AccountSnapshot) -> Place:
    """Return an account's place, so that paper trading is not mistaken for the real account of the same uid."""
    live = account.environment is Environment.LIVE
    return (account.exchange, account.environment, None if live else account.host)
