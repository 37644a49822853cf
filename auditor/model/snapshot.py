"""Snapshot of one pass: accounts, which contain readings, which contain records.

All of it is immutable, and nothing here uses the network. A surface that was not read is `Unread`, a type without rows,
so that no code can mistake it for an empty surface.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from auditor.i18n import Message, Text
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A surface read to the end: ``records``, possibly none, from ``rows`` rows, at ``at``."""

    records: tuple[Record, ...]
    rows: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A surface that was not read.

    ``reason`` is a sentence; ``right``: the right that the key lacks.
    """

    reason: Message
    trouble: Trouble
    code: str | None = None
    right: Text | None = None


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
    for which this key was refused; a template with the field ``endpoint``.
    """

    surface: str
    area: Area
    title: str
    standing: Standing
    endpoint: str
    result: Read | Unread | NotApplicable
    owner: str | None = None
    by_eye: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The rights of an API key, as the exchange states them."""

    rights: tuple[str, ...]
    readonly: bool
    ip_bound: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSnapshot:
    """All readings of one account in one pass.

    ``refused``: why nothing else was requested (the key may do more than read); ``uid`` and ``key`` are None if the
    exchange did not answer. ``kind``: main or sub. ``clock_skew``: seconds that this computer's clock is behind.
    ``confirmed_at``: when everything that can hold value had been read a second time with the same result.
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
        if isinstance(reading.result, Read):
            for record in reading.result.records:
                yield reading, record
