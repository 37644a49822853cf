"""Snapshot of one pass: accounts, which contain readings, which contain records.

All of it is immutable, and nothing here uses the network. A surface that was not read to its end is `Unread`, a type of
its own, so that no code can mistake it for an empty surface; what was seen of it stands beside its doubts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from auditor.i18n import Message, Text, _
from auditor.model.records import Area, Record


class Standing(StrEnum):
    """Whether the exchange documents a surface; undocumented unread ones become manual."""

    DOCUMENTED = "documented"
    UNDOCUMENTED = "undocumented"


class Environment(StrEnum):
    """The environment of an account. A clean demo account says nothing about a real one."""

    LIVE = "live"
    DEMO = "demo"
    CUSTOM = "custom"


class Trouble(StrEnum):
    """The kind of reason why a surface is Unread, for code that counts or decides by it."""

    NETWORK = "network"
    GATEWAY = "not the exchange's answer"
    CERTIFICATE = "certificate"
    LIMITED = "rate limited"
    MALFORMED = "not understood"
    PAGES = "pages"
    PERMISSION = "permission"
    CREDENTIALS = "credentials"
    RESTRICTED = "restricted"
    REGION = "region"
    MAINTENANCE = "maintenance"
    UNAVAILABLE = "unavailable"
    UNSEEN = "not visible to this key"
    UNNAMED = "not named"
    UNSETTLED = "unsettled"
    TIME = "out of time"
    SKIPPED = "not asked"
    NO_METHOD = "no method"
    EXCHANGE = "refused by the exchange"


# Troubles of an exchange that answered and refused.
REFUSALS = frozenset({Trouble.EXCHANGE, Trouble.PERMISSION, Trouble.UNAVAILABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A surface read to the end: ``records``, possibly none, from ``rows`` rows, at ``at``."""

    records: tuple[Record, ...]
    rows: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A part of a surface that was not read or not understood: a row, a field, a page, a stretch of time.

    ``reason`` is a sentence; ``right``: the right that the key lacks; ``settled_by``: ids of surfaces that show the
    same thing, so that reading each of them to its end settles the doubt.
    """

    reason: Message
    trouble: Trouble
    code: str | None = None
    right: Text | None = None
    settled_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A surface that was not read to its end.

    ``reason`` is a sentence; ``right``: the right that the key lacks. ``records``: what was seen all the same, from
    ``rows`` rows, at ``at`` (None: nothing was); ``doubts``: what was not, part by part; none where all of it was not.
    """

    reason: Message
    trouble: Trouble
    code: str | None = None
    right: Text | None = None
    records: tuple[Record, ...] = ()
    rows: int = 0
    at: datetime | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """A surface that this account cannot have, or for which there was nothing to request.

    ``source``: the answer or documentation that shows it.
    """

    reason: Message
    source: str
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One surface of one account, with the result of reading it.

    ``owner``: the sub-account that a main account's key read. ``by_eye``: why a person must check a documented surface
    for which this key was refused; a template with the field ``endpoint``. ``of_user``: every key of the user is shown
    the same. ``told_in``: the id of the requirement that tells a person to check it, together with others.
    """

    surface: str
    area: Area
    title: str
    standing: Standing
    endpoint: str
    result: Read | Unread | NotApplicable
    owner: str | None = None
    by_eye: str = ""
    of_user: bool = False
    told_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The rights of an API key, as the exchange states them. ``expires_at``: None where it does not say, or never."""

    rights: tuple[str, ...]
    readonly: bool
    ip_bound: bool | None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSnapshot:
    """All readings of one account in one pass.

    ``refused``: why nothing else was requested (the key may do more than read); ``uid`` and ``key`` are None if the
    exchange did not answer. ``kind``: main or sub. ``clock_skew``: seconds that this computer's clock is behind.
    ``confirmed_at``: when everything that can hold value had been read a second time with the same result.
    ``certificates``: NAME=PATH of a list of certificates, other than this computer's, that says which hosts to believe.
    ``client``: whose account it is, in words that exchanges of one brand use alike; None where it is not said.
    """

    name: str
    exchange: str
    environment: Environment
    host: str
    uid: str | None
    main_uid: str | None
    kind: str | None
    mode: str | None
    key: Key | None
    readings: tuple[Reading, ...]
    refused: Message | None = None
    clock_skew: float | None = None
    confirmed_at: datetime | None = None
    certificates: str | None = None
    client: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All readings of all accounts in one pass.

    ``window``: seconds within which all readings of a clean account had to be made.
    """

    accounts: tuple[AccountSnapshot, ...]
    started_at: datetime
    finished_at: datetime
    window: float | None = None


def records(account: AccountSnapshot) -> Iterator[tuple[Reading, Record]]:
    """Yield each record of the account, with the reading that contains it."""
    for reading in account.readings:
        for record in seen_records(reading.result):
            yield reading, record


def seen_records(result: Read | Unread | NotApplicable) -> tuple[Record, ...]:
    """Return what a reading saw, whether or not it came to its end."""
    return () if isinstance(result, NotApplicable) else result.records


def time_read(result: Read | Unread | NotApplicable) -> datetime | None:
    """Return when a reading saw what it saw; None where it saw nothing."""
    return None if isinstance(result, NotApplicable) else result.at


def read_with_doubts(records: Sequence[Record], rows: int, at: datetime, doubts: Sequence[Doubt] = ()) -> Read | Unread:
    """Return a reading of ``records``: Read where there is no doubt, else Unread with both."""
    distinct = tuple(dict.fromkeys(doubts))
    if not distinct:
        return Read(records=tuple(records), rows=rows, at=at)
    # A refusal may leave a place to a person's eye; anything else must not hide behind it.
    first = next((doubt for doubt in distinct if doubt.trouble not in REFUSALS), distinct[0])
    return Unread(
        reason=_reason(first, len(distinct) - 1, seen=bool(records)),
        trouble=first.trouble,
        code=first.code,
        right=first.right,
        records=tuple(records),
        rows=rows,
        at=at if rows or records else None,
        doubts=distinct,
    )


def _reason(first: Doubt, others: int, *, seen: bool) -> Message:
    reason = first.reason
    if others:
        reason = _("{reason} (And {count} more like it.)").format(reason=reason, count=others)
    return _("Only a part of it was read. {reason}").format(reason=reason) if seen else reason
