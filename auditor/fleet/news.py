"""News of a fleet as digests: who came back, whose key was rejected, and which tags are over, in one message.

What was sent is noted in the history's database, account by account: checks are stored later than they are dated, and
computers' clocks differ. A message that could not be handed over is sent again with the next one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, case, delete, func, insert, select

from auditor.fleet.accounts import F
from auditor.fleet.status.model import Group, State
from auditor.fleet.status.query import IS_MEMBER, MEMBERS, STATE, WHERE
from auditor.history import schema as t
from auditor.model.report import Verdict

S = t.standings.c
ALL = "all"
"""What is noted when all accounts are over."""


@dataclass(frozen=True, slots=True)
class NamedAccount:
    """An account that a digest names."""

    name: str
    exchange: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The news of a fleet since the last digest.

    ``returned``: blocked now, and clean before; ``tags``: those whose accounts are all confirmed; ``all_over``: all
    accounts are. ``noted``: what is to be noted once it is sent, each with its time.
    """

    at: datetime
    verdict: Verdict
    returned: tuple[NamedAccount, ...] = ()
    refused: tuple[NamedAccount, ...] = ()
    tags: tuple[str, ...] = ()
    all_over: bool = False
    noted: Mapping[str, datetime] = field(default_factory=dict, repr=False)

    def __bool__(self) -> bool:
        """Return whether there is anything to tell."""
        return bool(self.returned or self.refused or self.tags or self.all_over)


def collect_digest(connection: Connection, now: datetime) -> Digest:
    """Return the news since the last digest."""
    reported = _read_reported(connection)
    returned = dict(_happened(connection, "back", _BACK, S.came_back_at))
    refused = dict(_happened(connection, "refused", S.verdict == Verdict.REFUSED.value, S.verdict_at))
    fleet, tags = _fleet(connection), {f"tag:{tag}": tag for tag in _tags_over(connection)}
    is_over = bool(fleet.accounts) and fleet.count(State.CONFIRMED) == fleet.accounts
    over = [*tags, ALL] if is_over else list(tags)
    return Digest(
        at=now,
        verdict=fleet.verdict,
        returned=tuple(account for subject, (account, at) in returned.items() if reported.get(subject) != at),
        refused=tuple(account for subject, (account, at) in refused.items() if reported.get(subject) != at),
        tags=tuple(tag for subject, tag in tags.items() if subject not in reported),
        all_over=is_over and ALL not in reported,
        noted={subject: at for subject, (_account, at) in (returned | refused).items()}
        | {subject: reported.get(subject, now) for subject in over},
    )


def note_reported(connection: Connection, digest: Digest) -> None:
    """Note that a digest was sent. What is no longer true is forgotten, and is news when it comes back."""
    if _read_reported(connection) != digest.noted:
        connection.execute(delete(t.fleet_news))
        rows = [{"subject": subject, "at": at} for subject, at in digest.noted.items()]
        if rows:
            connection.execute(insert(t.fleet_news), rows)


_BACK = and_(S.verdict == Verdict.BLOCKED.value, S.came_back_at.is_not(None))


def _read_reported(connection: Connection) -> Mapping[str, datetime]:
    return {row.subject: row.at for row in connection.execute(select(t.fleet_news))}


def _happened(
    connection: Connection, kind: str, condition: Any, when: Any
) -> Iterator[tuple[str, tuple[NamedAccount, datetime]]]:
    """Yield the accounts of which something is so, each with the subject that is noted and since when it is."""
    query: Select[Any] = select(F.id, F.name, WHERE.label("exchange"), when.label("at"))
    for row in connection.execute(query.select_from(MEMBERS).where(IS_MEMBER, condition).order_by(F.name)):
        yield f"{kind}:{row.id}", (NamedAccount(row.name, row.exchange), row.at)


def _fleet(connection: Connection) -> Group:
    query: Select[Any] = select(STATE.label("state"), func.count().label("accounts")).select_from(MEMBERS)
    rows = connection.execute(query.where(IS_MEMBER).group_by(STATE))
    return Group(name="", states={State(row.state): row.accounts for row in rows})


def _tags_over(connection: Connection) -> list[str]:
    """Return the tags whose accounts are all confirmed."""
    tag = t.fleet_tags.c.tag
    left = func.count(case((STATE.is_distinct_from(State.CONFIRMED.value), 1)))
    tagged = MEMBERS.join(t.fleet_tags, t.fleet_tags.c.member_id == F.id)
    query = select(tag).select_from(tagged).where(IS_MEMBER).group_by(tag).having(left == 0).order_by(tag)
    return list(connection.execute(query).scalars())
