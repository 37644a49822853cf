"""What a surface can show that is no holding: a total to check by, markets, prices, ways out."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from auditor.model.records import Area, Record


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
