"""Reference data: records that are not holdings, such as valuations, markets, prices and networks."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from auditor.model.records import Area, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation(Record):
    """The exchange's own estimate of a wallet type (``wallet``), in ``unit``: a cross-check, not a holding.

    ``also``: further wallets that may show the same money; ``rough``: it counts only where none of them shows anything,
    since it has open profit in it.
    """

    AREA = Area.BALANCES
    wallet: str
    amount: Decimal
    unit: str
    also: tuple[str, ...] = ()
    rough: bool = False

    @property
    def holds(self) -> bool:
        """Always False: the rule hidden-value compares it with the balances."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Record):
    """A fact about the exchange or the account that is not a holding."""

    AREA = Area.BALANCES

    @property
    def holds(self) -> bool:
        """Always False."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Market(Reference):
    """A spot market.

    Minimums: ``min_amount`` and ``lot`` in base units, ``min_notional`` in quote units.

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
    """A withdrawal network of an asset.

    Amounts in the asset (``fee`` in ``fee_asset``); None where not readable.
    """

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
    """The newest row of a ledger (``subject``); a change means that something moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Reference):
    """A product that the account has enabled or not, as the exchange states it."""

    name: str
    enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Reference):
    """Something that the user named; ``part`` of it can be requested."""

    name: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Convertible(Reference):
    """An asset on the exchange's list for small-balance conversion in ``wallet``."""

    wallet: str
    asset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnTerms(Reference):
    """How the holding in an earn product with the same ``subject`` is left.

    ``ending``: what to do in place of redeeming it, empty where it is redeemed; ``seconds``: how long that takes.
    """

    ending: str
    seconds: Decimal
