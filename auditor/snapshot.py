"""What one pass has read: records inside readings inside accounts. Immutable; nothing here touches the network.

Amounts are exact decimals as the exchange wrote them, times are aware UTC. A place that was not read is `Unread`,
a type without rows, so that nothing can take it for an empty one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar


class Area(StrEnum):
    """What closure is about."""

    BALANCES = "balances"
    ORDERS = "orders"
    POSITIONS = "positions"
    EARN = "earn"
    DEBTS = "debts"
    FLOWS = "flows"
    BOTS = "bots"
    SUBACCOUNTS = "subaccounts"
    STATUS = "status"


class Standing(StrEnum):
    """Whether the exchange documents a surface. What is undocumented and unread becomes a manual line."""

    DOCUMENTED = "documented"
    UNDOCUMENTED = "undocumented"


class Environment(StrEnum):
    """Where an account lives. A clean demo is no clean account."""

    LIVE = "live"
    DEMO = "demo"
    CUSTOM = "custom"


class Part(StrEnum):
    """Figures of a row beside its amount. They overlap: they explain a balance or prove one, they never add up."""

    AVAILABLE = "available"
    FROZEN = "frozen"
    IN_ORDERS = "in_orders"
    IN_BOTS = "in_bots"
    IN_SNIPER = "in_sniper"
    IN_COPY_TRADING = "in_copy_trading"
    LENT = "lent"
    EQUITY = "equity"
    LIABILITY = "liability"
    INTEREST = "interest"
    PENDING = "pending"
    REDEEMING = "redeeming"
    MARGIN = "margin"
    OTHER = "other"


Held = Mapping[str, Decimal]
Evidence = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that a surface showed.

    ``subject`` identifies it within its surface (an asset, an order id); ``row`` is the exchange's own row;
    ``owner`` names the sub-account when a main key read it there.
    """

    AREA: ClassVar[Area]
    subject: str
    row: Evidence = field(repr=False, compare=False)
    owner: str | None = None

    @property
    def holds(self) -> bool:
        """Whether this holds something back. Whatever holds must end as a blocker."""
        return True


def _any(amount: Decimal | None, held: Held) -> bool:
    return bool(amount) or any(held.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance(Record):
    """An asset in a wallet. ``held``: further figures by `Part`, each of which alone proves a holding.

    ``trial``: trial funds that are not the user's, in the same asset. ``tradable`` is False for assets that can only
    be withdrawn.
    """

    AREA = Area.BALANCES
    wallet: str
    asset: str
    amount: Decimal
    held: Held
    trial: Decimal | None = None
    tradable: bool = True

    @property
    def holds(self) -> bool:
        """Any figure that is not zero, of either sign."""
        return _any(self.amount, self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Record):
    """An open order. ``kind``: limit, trigger, spread, rfq, ...; ``amount`` in the market's own unit."""

    AREA = Area.ORDERS
    market: str
    kind: str
    side: str | None
    amount: Decimal | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Record):
    """A position, or an isolated row without one that still holds margin. ``amount``: contracts or base units."""

    AREA = Area.POSITIONS
    market: str
    kind: str
    side: str | None
    amount: Decimal
    held: Held

    @property
    def holds(self) -> bool:
        """A position, margin, debt or interest that is not zero."""
        return _any(self.amount, self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earning(Record):
    """Something in an earn product. ``amount`` is None where the exchange does not say; ``redeeming``: on its way."""

    AREA = Area.EARN
    product: str
    asset: str
    amount: Decimal | None
    held: Held
    state: str
    redeeming: bool
    ready_at: datetime | None

    @property
    def holds(self) -> bool:
        """Always, but for a row all of whose figures are zero."""
        return self.amount is None or _any(self.amount, self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt(Record):
    """Something owed (``collateral`` False) or locked as security (True). ``kind``: margin, flexible loan, ..."""

    AREA = Area.DEBTS
    kind: str
    asset: str
    amount: Decimal | None
    held: Held
    collateral: bool

    @property
    def holds(self) -> bool:
        """Always, but for a row all of whose figures are zero."""
        return self.amount is None or _any(self.amount, self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Record):
    """A deposit, withdrawal or conversion that is not final. ``reason``: the state in words; ``stuck``: needs someone.

    ``known`` is False for a state that the exchange's documentation does not name.
    """

    AREA = Area.FLOWS
    direction: str
    asset: str
    amount: Decimal | None
    state: str
    reason: str
    stuck: bool
    known: bool
    started_at: datetime | None
    ready_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot(Record):
    """A trading bot, a plan that buys, or copy trading. ``assets``: what it trades in.

    ``stopped``: no longer trading but still holding a position; ``repeats``: will buy again by itself; ``copies``: copy
    trading rather than a bot; ``acts`` is False for a mere role (lead trader) that holds nothing.
    """

    AREA = Area.BOTS
    kind: str
    state: str
    market: str | None
    assets: tuple[str, ...]
    amount: Decimal | None
    asset: str | None
    stopped: bool = False
    repeats: bool = False
    copies: bool = False
    acts: bool = True

    @property
    def holds(self) -> bool:
        """Whether it holds or moves anything."""
        return self.acts


@dataclass(frozen=True, slots=True, kw_only=True)
class SubAccount(Record):
    """A sub-account as its main account sees it. Frozen ones hold the main account back."""

    AREA = Area.SUBACCOUNTS
    name: str
    uid: str
    frozen: bool
    frozen_functions: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Frozen as a whole or in part."""
        return self.frozen or bool(self.frozen_functions)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey(Record):
    """A remaining API key of a sub-account. Holds nothing by itself."""

    AREA = Area.SUBACCOUNTS
    label: str
    rights: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Never: keys are deleted last."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction(Record):
    """A restriction that the exchange puts on the account, in its own words."""

    AREA = Area.STATUS
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation(Record):
    """The exchange's own estimate of a wallet type (``wallet``), in ``unit``: a cross-check, not a holding."""

    AREA = Area.BALANCES
    wallet: str
    amount: Decimal
    unit: str

    @property
    def holds(self) -> bool:
        """Never by itself: the rule hidden-value compares it with what was shown."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Record):
    """Facts about markets that the account may use. Nothing of the user's."""

    AREA = Area.BALANCES

    @property
    def holds(self) -> bool:
        """Never."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Market(Reference):
    """A spot market. Minimums: ``min_amount`` and ``lot`` in base units, ``min_notional`` in quote units.

    None where the exchange states none (``min_notional``) or it could not be read (``min_amount``, ``lot``).
    """

    base: str
    quote: str
    live: bool
    min_amount: Decimal | None
    min_notional: Decimal | None
    lot: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Reference):
    """Last trade of a spot market, ``price`` in quote per base. None where there was none."""

    base: str
    quote: str
    price: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network(Reference):
    """A way out for an asset. Amounts in the asset (``fee`` in ``fee_asset``); None where it could not be read."""

    asset: str
    chain: str
    can_withdraw: bool
    min_withdrawal: Decimal | None
    fee: Decimal | None
    fee_asset: str
    can_send: bool
    min_send: Decimal | None
    reopens_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Reference):
    """The newest row of a ledger (``subject``), which tells whether anything moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Reference):
    """A product that the exchange says the account has switched on, or not."""

    name: str
    enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Reference):
    """Something that the user named, of which ``part`` can be asked."""

    name: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Convertible(Reference):
    """An asset on the exchange's small-balance conversion list of the wallet it sits in."""

    wallet: str
    asset: str


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

    reason: str
    trouble: Trouble
    code: str | None = None
    right: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """This account cannot have it, or there was nothing to ask about; ``source`` says who says so."""

    reason: str
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
    refused: str | None = None
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
