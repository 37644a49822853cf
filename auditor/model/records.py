"""Records: the user's holdings and obligations that a surface shows. Immutable.

Amounts are exact decimals as the exchange wrote them, times are aware UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from auditor.i18n import Text
from auditor.model import amounts


class Area(StrEnum):
    """An area of an account that closing it depends on."""

    BALANCES = "balances"
    ORDERS = "orders"
    POSITIONS = "positions"
    EARN = "earn"
    DEBTS = "debts"
    FLOWS = "flows"
    BOTS = "bots"
    SUBACCOUNTS = "subaccounts"
    STATUS = "status"


class Part(StrEnum):
    """Further figures of a row.

    They overlap: they explain or prove a holding, and must not be added up.
    """

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
Places = tuple[tuple[str, ...], ...]
"""Groups of surfaces, by id. The surfaces of a group show a thing together; the first group that shows it counts."""


def seen_amount(held: Held) -> Decimal:
    """Return what a row's other figures show of an amount that was not understood: free and frozen, or the largest."""
    parts = [held[part] for part in (Part.AVAILABLE, Part.FROZEN) if held.get(part)]
    return amounts.total(parts) if parts else max(held.values(), key=abs, default=amounts.ZERO)


Evidence = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that a surface shows.

    ``subject`` identifies it within its surface (an asset, an order id); ``row`` is the exchange's own row;
    ``owner``: the sub-account that a main account's key read it in.
    """

    AREA: ClassVar[Area]
    subject: str
    row: Evidence = field(repr=False, compare=False)
    owner: str | None = None

    @property
    def holds(self) -> bool:
        """Whether this prevents closing the account. Every such record must become a blocker."""
        return True


def _any(amount: Decimal | None, held: Held) -> bool:
    return bool(amount) or any(held.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance(Record):
    """An asset in a wallet.

    ``held``: further figures by `Part`, each of which alone proves a holding.

    ``trial``: trial funds that are not the user's, in the same asset. ``tradable`` is False for assets that can only
    be withdrawn. ``same_as``: where the same thing is shown (`Places`).
    """

    AREA = Area.BALANCES
    wallet: str
    asset: str
    amount: Decimal
    held: Held
    trial: Decimal | None = None
    tradable: bool = True
    same_as: Places = ()

    @property
    def holds(self) -> bool:
        """Whether any figure is not zero, of either sign."""
        return _any(self.amount, self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Record):
    """An open order.

    ``kind``: limit, trigger, spread, rfq, ..., in words; ``amount`` in the market's own unit; ``price``: per unit.
    """

    AREA = Area.ORDERS
    market: str
    kind: Text
    side: Text | None
    amount: Decimal | None
    state: Text
    price: Decimal | None = None
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Record):
    """A position, or an isolated margin without one. ``amount``: contracts or base units."""

    AREA = Area.POSITIONS
    market: str
    kind: Text
    side: Text | None
    amount: Decimal
    held: Held

    @property
    def holds(self) -> bool:
        """Whether position, margin, debt or interest is not zero."""
        return _any(self.amount, self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earning(Record):
    """A holding in an earn product.

    ``amount``: None if the exchange states none; ``redeeming``: being paid out; ``same_as``: as in `Balance`;
    ``counts_here``: whether the same amount in a wallet is reported here, since the product must be left first.
    """

    AREA = Area.EARN
    product: str
    asset: str
    amount: Decimal | None
    held: Held
    state: Text
    redeeming: bool
    ready_at: datetime | None
    same_as: Places = ()
    counts_here: bool = False

    @property
    def holds(self) -> bool:
        """True unless all figures are zero."""
        return self.amount is None or _any(self.amount, self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt(Record):
    """A debt (``collateral`` False) or an asset locked as security (True).

    ``kind``: margin, flexible loan, ...; ``worth``: the value of all debts, with ``asset`` as its unit; ``same_as``: as
    in `Balance`.
    """

    AREA = Area.DEBTS
    kind: str
    asset: str
    amount: Decimal | None
    held: Held
    collateral: bool
    worth: bool = False
    same_as: Places = ()

    @property
    def holds(self) -> bool:
        """True unless all figures are zero."""
        return self.amount is None or _any(self.amount, self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Record):
    """A deposit, withdrawal or conversion that is not final. ``reason``: the state in words.

    ``stuck``: the user must act. ``known``: False for a state that the exchange's documentation does not name.
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
    """A trading bot, a recurring buy, or copy trading. ``assets``: the assets that it trades.

    ``stopped``: no longer trading but still holding a position; ``repeats``: will buy again by itself; ``copies``: copy
    trading rather than a bot; ``acts`` is False for a mere role (lead trader) that holds nothing. ``total``: funds in a
    wallet of which nothing else can be read; ``worth``: the value of all of it, with ``asset`` as its unit;
    ``ending``: how to end it, where that is not how a bot is stopped; ``same_as``: as in `Balance`.
    """

    AREA = Area.BOTS
    kind: str
    state: Text
    market: str | None
    assets: tuple[str, ...]
    amount: Decimal | None
    asset: str | None
    stopped: bool = False
    repeats: bool = False
    copies: bool = False
    acts: bool = True
    worth: bool = False
    total: bool = False
    ending: str = ""
    started_at: datetime | None = None
    same_as: Places = ()

    @property
    def holds(self) -> bool:
        """Whether it holds or moves anything."""
        return self.acts


@dataclass(frozen=True, slots=True, kw_only=True)
class SubAccount(Record):
    """A sub-account as its main account sees it. A frozen one prevents closing the main account."""

    AREA = Area.SUBACCOUNTS
    name: str
    uid: str
    frozen: bool
    frozen_functions: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether it is frozen as a whole or in part."""
        return self.frozen or bool(self.frozen_functions)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey(Record):
    """A remaining API key of a sub-account. Holds nothing by itself."""

    AREA = Area.SUBACCOUNTS
    label: str
    rights: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Always False: keys are deleted last."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction(Record):
    """A restriction that the exchange puts on the account, in its own words."""

    AREA = Area.STATUS
    code: str
    message: Text
