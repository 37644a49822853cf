"""The exchange values a wallet higher than what it shows there.

Finds: wallets (funding, trading, earn, classic) that the exchange itself values higher than what all its answers
together showed in them. Some products have no request of their own and show only so. Where nothing is shown, any value
counts; else the difference must exceed 0.5 % and 0.00000001 BTC, since prices move. The exchange does not say whether
its figure includes sub-accounts: the value must exceed what is shown both without and with them. What two answers show
is counted twice, so that an overlap raises no alarm; it can hide something only while what is shown blocks anyway.
Why it blocks: it is an asset of the account in a place that only the app shows.
What to do: go through every product of that wallet in the app.
Source: OKX API documentation, Get account asset valuation (2026-06, read in a copy).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from auditor.assessment.account_view import View
from auditor.i18n import _, sentences
from auditor.model.amounts import plain
from auditor.model.records import Balance, Earning, Part
from auditor.model.reference_data import Valuation
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import Reading
from auditor.rules import Rule
from auditor.rules._wording import listed

TOLERANCE = Fraction(5, 1000)
LEAST = Fraction(1, 10**8)


@dataclass(frozen=True, slots=True)
class Shown:
    """One amount that a surface shows in a wallet; None where the exchange does not say how much."""

    asset: str
    amount: Decimal | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of the comparison; ``explaining``: assets without a price that could be the whole difference."""

    exceeds: bool
    unpriced: tuple[str, ...] = ()
    explaining: tuple[str, ...] = ()


def _check(view: View) -> Iterator[Finding]:
    for reading, record in view.each(Valuation):
        if record.owner is None and record.amount:
            yield from _compare(view, reading, record)


def _compare(view: View, reading: Reading, record: Valuation) -> Iterator[Finding]:
    shown = tuple(_shown(view, record.wallet))
    alone = _against(view, record, tuple(each for each in shown if each.owner is None))
    together = _against(view, record, shown)
    if alone.exceeds and together.exceeds:
        yield _exceeds(view, reading, record, together.explaining)
    if together.unpriced:
        yield _limit(view, reading, record, together.unpriced)


def _shown(view: View, wallet: str) -> Iterator[Shown]:
    for _reading, balance in view.each(Balance):
        if balance.wallet == wallet:
            equity = balance.held.get(Part.EQUITY) if wallet == "trading" else None
            yield Shown(balance.asset, balance.amount if equity is None else equity, balance.owner)
    if wallet == "earn":
        for _reading, earning in view.each(Earning):
            yield Shown(earning.asset, earning.amount, earning.owner)


def _against(view: View, record: Valuation, shown: tuple[Shown, ...]) -> Compared:
    """Compare the value, in its unit, with what is shown."""
    something = tuple(each for each in shown if each.amount is None or each.amount)
    if not something:
        return Compared(exceeds=True)
    if record.amount < 0:
        return Compared(exceeds=False)
    values = [(each, _value(view, record.unit, each)) for each in something]
    unpriced = [each for each, value in values if value is None]
    valued = Fraction(record.amount)
    excess = valued - sum((value for _each, value in values if value is not None), Fraction(0))
    return Compared(
        exceeds=excess > max(valued * TOLERANCE, LEAST),
        unpriced=tuple(each.asset for each in unpriced),
        explaining=tuple(each.asset for each in unpriced if each.amount is None or each.amount > 0),
    )


def _value(view: View, unit: str, shown: Shown) -> Fraction | None:
    """Value what is shown in ``unit``, exactly: by their own market, else by way of dollars."""
    if shown.amount is None:
        return None
    price = Decimal(1) if shown.asset == unit else view.prices.pair(shown.asset, unit)
    if price is not None:
        return Fraction(shown.amount) * Fraction(price)
    dollars, dollars_per_unit = view.prices.usd(shown.asset), view.prices.usd(unit)
    return None if dollars is None or not dollars_per_unit else Fraction(shown.amount) * dollars / dollars_per_unit


def _exceeds(view: View, reading: Reading, record: Valuation, explaining: tuple[str, ...]) -> Finding:
    """Make a blocker, unless assets without a price are shown that could be the difference: those block already."""
    text = _("The exchange values your {wallet} wallet at {amount} {unit}, more than everything that it shows there.")
    message = text.format(wallet=_(record.wallet), amount=plain(record.amount), unit=record.unit)
    if explaining:
        note = _("The difference may be assets that have no price here: {assets}.").format(assets=listed(explaining))
        message = sentences(message, note)
    return view.finding(
        RULE.id,
        reading,
        record,
        message=message,
        remedy=_("Go through every product of this wallet in the app and empty it."),
        severity=Severity.WARNING if explaining else Severity.BLOCKER,
    )


def _limit(view: View, reading: Reading, record: Valuation, unpriced: tuple[str, ...]) -> Finding:
    text = _("Limit of this check: in the {wallet} wallet these have no price and were left out: {assets}.")
    return view.finding(
        RULE.id,
        reading,
        record,
        message=text.format(wallet=_(record.wallet), assets=listed(unpriced)),
        remedy=_("Compare the wallet's total in the app with what this report shows."),
        severity=Severity.INFO,
        figures=(None, None),
    )


RULE = Rule(id="hidden-value", title="A wallet is worth more than it shows", severity=Severity.BLOCKER, check=_check)
