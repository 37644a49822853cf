"""What one pass has read: records inside readings inside accounts. Immutable; nothing here touches the network.

A place that was not read is `Unread`, a type without rows, so that nothing can take it for an empty one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from auditor.i18n import Message, Text
from auditor.model.records import Area, Record


class Standing(StrEnum):
    """Whether the exchange documents a surface. What is undocumented and unread becomes a manual line."""

    DOCUMENTED = "documented"
    UNDOCUMENTED = "undocumented"


class Environment(StrEnum):
    """Where an account lives. A clean demo is no clean account."""

    LIVE = "live"
    DEMO = "demo"
    CUSTOM = "custom"


class Trouble(StrEnum):
    """Why a surface is Unread, for those who count or act on kinds rather than read sentences."""

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
    """The surface was read to its end: ``records`` (possibly none) out of ``rows`` rows, at ``at``."""

    records: tuple[Record, ...]
    rows: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """The surface was not read. ``reason`` is a sentence; ``right`` names the right that the key lacks."""

    reason: Message
    trouble: Trouble
    code: str | None = None
    right: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """This account cannot have it, or there was nothing to ask about; ``source`` says who says so."""

    reason: Message
    source: str
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One surface of one account (of ``owner``, when a main key read a sub-account) and what came of asking.

    ``by_eye``: why a person must look at a place that the exchange documents and this key was refused, with a place in
    it for the ``endpoint``.
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
    """What the exchange says that the key may do."""

    rights: tuple[str, ...]
    readonly: bool
    ip_bound: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSnapshot:
    """All readings of one account in one pass.

    ``refused``: why nothing else was asked (the key may do more than read); ``uid`` and ``key`` are None when the
    exchange could not be asked. ``kind``: main or sub. ``clock_skew``: seconds that this computer's clock is behind.
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
    """All readings of all accounts in one pass. ``window``: seconds in which those of a clean account had to lie."""

    accounts: tuple[AccountSnapshot, ...]
    started_at: datetime
    finished_at: datetime
    window: float | None = None


def records(account: AccountSnapshot) -> Iterator[tuple[Reading, Record]]:
    """Every record of the account beside the reading that it came with."""
    for reading in account.readings:
        if isinstance(reading.result, Read):
            for record in reading.result.records:
                yield reading, record
