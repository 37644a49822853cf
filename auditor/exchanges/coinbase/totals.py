"""Coinbase: the totals beside the lists of a portfolio's breakdown: witnesses that no position is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from auditor.exchanges.coinbase.wallets import PORTFOLIO, VAULT
from auditor.i18n import _
from auditor.model import amounts
from auditor.model.records import Record
from auditor.model.reference_data import Valuation
from auditor.spec.blanks import AccountSetup, Raw
from auditor.spec.fields import Kind, MalformedError
from auditor.spec.parsed_row import Row

US_FUTURES = "us-futures"
WITHIN = ("total_crypto_balance", "total_cash_equivalent_balance", "futures_unrealized_pnl", "perp_unrealized_pnl")
PARTS = ("total_cash_equivalent_balance", "total_crypto_balance", "total_futures_balance", "total_equities_balance")


def leaves_no_room(row: Raw, _setup: AccountSetup) -> bool:
    """Return whether the total is the sum of its parts, so that a list that is missing holds nothing of its own."""
    balances = row.get("portfolio_balances")
    if not isinstance(balances, dict):
        return False
    whole = worth_of(balances.get("total_balance"))
    parts = [worth_of(balances[name]) for name in PARTS if name in balances]
    known = [part for part in parts if part is not None]
    return whole is not None and bool(known) and len(known) == len(parts) and whole == amounts.total(known)


def worth_of(value: object) -> Decimal | None:
    """Return the figure of an amount of money, None where there is none."""
    return amounts.parse(value.get("value")) if isinstance(value, dict) else None


def totals(row: Row) -> Iterable[Record]:
    """Yield the totals that the answer gives: of the portfolio, of stocks, and of futures, with open profit in it.

    A part counts by itself where the whole leaves it out. Raises MalformedError for a total that is not understood.
    """
    balances = row.inner("portfolio_balances")
    worth = balances.inner("total_balance").amount_or_none("value")
    if worth is not None:
        yield _valuation(balances.raw, PORTFOLIO, worth, balances.raw.get("total_balance"), also=(US_FUTURES, VAULT))
    for name in () if worth else WITHIN:
        part = balances.raw.get(name)
        figure = worth_of(part)
        if figure:
            yield replace(_valuation({name: part}, PORTFOLIO, figure, part), subject=f"total:{name}")
    for name, wallet in (("total_futures_balance", US_FUTURES), ("total_equities_balance", "stocks")):
        part = balances.raw.get(name)
        figure = worth_of(part)
        if figure is not None:
            yield _valuation({name: part}, wallet, figure, part, rough=wallet == US_FUTURES)
    _check_totals(balances.raw)


def _check_totals(balances: Raw) -> None:
    """Raise MalformedError for a total that is there and no amount."""
    for name in (*PARTS, *WITHIN):
        if balances.get(name) is not None and worth_of(balances[name]) is None:
            raise MalformedError(_("{name} is not {kind}").format(name=name, kind=_(Kind.AMOUNT.value)))


def currency_of(money: object) -> str:
    """Return the currency of an amount of money; the breakdown is asked for in dollars."""
    own = money.get("currency") if isinstance(money, dict) else None
    return own if isinstance(own, str) and own.strip() else "USD"


def _valuation(
    row: Mapping[str, object],
    wallet: str,
    worth: Decimal,
    money: object,
    *,
    also: tuple[str, ...] = (),
    rough: bool = False,
) -> Valuation:
    return Valuation(
        subject=f"total:{wallet}",
        row=row,
        wallet=wallet,
        amount=worth,
        unit=currency_of(money),
        also=also,
        rough=rough,
    )
