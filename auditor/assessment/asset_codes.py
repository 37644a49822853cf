"""Meanings of asset codes such as LDUSDT, distinguished from coins whose names look alike.

A code such as LDUSDT is a share in a product only where no market trades it under that name, and where what remains of
it (USDT) is a coin that the account or the exchange's lists name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.assessment.prices import STEPS
from auditor.i18n import Message, _
from auditor.model.records import Balance, Earning, Record
from auditor.model.reference_data import Market, Network, Price
from auditor.model.snapshot import AccountSnapshot, records
from auditor.settings.asset_codes import code_table
from auditor.spec.asset_codes import AssetCode, CodeTable, Use


@dataclass(frozen=True, slots=True)
class Meaning:
    """The meaning of one code. ``coin``: the usual name of the underlying coin."""

    code: AssetCode
    coin: str

    @property
    def sentence(self) -> Message:
        """What the holding is, as a sentence."""
        return _(self.code.meaning).format(coin=self.coin)

    @property
    def remedy(self) -> Message:
        """How to turn it into the coin itself."""
        return _(self.code.remedy).format(coin=self.coin)


@dataclass(frozen=True, slots=True)
class AccountCodes:
    """The codes of one account. ``traded``: coins that a market names; ``known``: every coin that a list names."""

    table: CodeTable
    traded: frozenset[str]
    known: frozenset[str]
    _found: dict[str, Meaning | None] = field(default_factory=dict)

    @classmethod
    def of(cls, account: AccountSnapshot) -> "AccountCodes":
        """Return the codes of ``account``, with the coins that its readings name."""
        table = code_table(account.exchange)
        if not table.codes:
            return cls(table, frozenset(), frozenset())
        shown = [record for _reading, record in records(account)]
        traded = frozenset(table.name(coin) for record in shown for coin in _traded(record))
        held = frozenset(table.name(coin) for record in shown for coin in _named(record))
        return cls(table, traded, traded | held | frozenset(STEPS))

    def meaning(self, asset: str) -> Meaning | None:
        """Return the meaning of the code ``asset``; None for an ordinary coin."""
        if asset not in self._found:
            self._found[asset] = next(self._meanings(asset), None)
        return self._found[asset]

    def coin(self, asset: str) -> str:
        """Return the usual name of the coin as which ``asset`` is sold and valued, unit by unit."""
        meaning = self.meaning(asset)
        is_coin = meaning is None or not meaning.code.equal or meaning.code.use is Use.NO_ASSET
        return self.table.name(asset) if is_coin or meaning is None else meaning.coin

    def must_be_redeemed(self, asset: str) -> bool:
        """Return whether a product has to be left before ``asset`` can be sold or withdrawn at all."""
        meaning = self.meaning(asset)
        if meaning is None:
            return False
        has_no_market = not meaning.code.equal and asset not in self.traded
        return meaning.code.use is Use.REDEEM or (meaning.code.use is Use.FREE and has_no_market)

    def _meanings(self, asset: str) -> Iterator[Meaning]:
        for code in self.table.codes:
            coin = code.coin_of(asset)
            if coin is not None and not (code.ambiguous and self._is_a_coin(asset, self.table.name(coin), code)):
                yield Meaning(code, self.table.name(coin))

    def _is_a_coin(self, asset: str, coin: str, code: AssetCode) -> bool:
        """Return whether an ambiguous code is a coin of its own; without a list of markets nothing says that it is."""
        return bool(self.traded) and (asset in self.traded or not (code.coin or coin in self.known))


def is_no_asset(exchange: str, record: Record) -> bool:
    """Return whether a record is a balance of something that is no asset, such as fee credits."""
    if not isinstance(record, Balance):
        return False
    codes = (code for code in code_table(exchange).codes if code.use is Use.NO_ASSET)
    return any(code.coin_of(record.asset) is not None for code in codes)


def _traded(record: Record) -> tuple[str, ...]:
    return (record.base, record.quote) if isinstance(record, Market | Price) else ()


def _named(record: Record) -> tuple[str, ...]:
    return (record.asset,) if isinstance(record, Network | Earning | Balance) else ()
