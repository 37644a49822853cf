"""The exchange values a wallet higher than what it shows there.

Finds: wallets (funding, trading, earn, loans, classic) that the exchange itself values higher than what all its answers
together showed in them. Some products have no request of their own and show only so. Where nothing is shown, any value
counts; else the difference must exceed 0.5 % and 0.00000001 BTC, since prices move, and where open profit is in it any
amount that is shown explains it. The exchange does not say whether its figure includes sub-accounts: the value must
exceed what is shown both without and with them. What two answers show is counted twice, so that an overlap raises no
alarm; it can hide something only while what is shown blocks anyway.
Why it blocks: it is an asset of the account in a place that only the app shows.
What to do: go through every product of that wallet in the app.
Source: OKX API documentation, Get account asset valuation (2026-06, read in a copy); Gate API v4, Query personal
account totals; HTX API, Get The Total Valuation of Platform Assets; Coinbase Advanced Trade API, Get Portfolio
Breakdown (2026).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from auditor.assessment.account_view import AccountView
from auditor.i18n import _, sentences
from auditor.model.amounts import plain
from auditor.model.records import Balance, Debt, Earning, Part
from auditor.model.reference_data import Valuation
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import Reading
from auditor.rules import Rule
from auditor.rules._wording import comma_list

TOLERANCE = Fraction(5, 1000)
LEAST = Fraction(1, 10**8)


@dataclass(frozen=True, slots=True)
class ShownAmount:
    """One amount that a surface shows in a wallet; None if the exchange does not state it."""

    asset: str
    amount: Decimal | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class ValueComparison:
    """The result of a comparison.

    ``explaining``: assets without a price that could be the whole difference.
    """

    exceeds: bool
    unpriced: tuple[str, ...] = ()
    explaining: tuple[str, ...] = ()


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Valuation):
        if record.amount:
            yield from _compare(view, reading, record)


def _compare(view: AccountView, reading: Reading, record: Valuation) -> Iterator[Finding]:
    shown = tuple(_shown(view, reading, record))
    alone = _compare_with(view, record, tuple(entry for entry in shown if entry.owner == record.owner))
    together = alone if record.owner is not None else _compare_with(view, record, shown)
    if alone.exceeds and together.exceeds:
        yield _excess_finding(view, reading, record, together.explaining)
    if together.unpriced:
        yield _unpriced_note(view, reading, record, together.unpriced)


def _shown(view: AccountView, reading: Reading, record: Valuation) -> Iterator[ShownAmount]:
    for _reading, balance in view.records_of(Balance):
        if balance.wallet in {record.wallet, *record.also}:
            equity = balance.held.get(Part.EQUITY) if record.wallet == "trading" else None
            coin = view.codes.coin(balance.asset)
            yield ShownAmount(coin, balance.amount if equity is None else equity, balance.owner)
    for place, earning in view.records_of(Earning):
        if record.wallet == "earn" or place.surface == reading.surface:
            yield ShownAmount(earning.asset, earning.amount, earning.owner)
    if record.wallet == "loans":
        for _reading, debt in view.records_of(Debt):
            yield ShownAmount(debt.asset, debt.amount, debt.owner)


def _compare_with(view: AccountView, record: Valuation, shown: tuple[ShownAmount, ...]) -> ValueComparison:
    """Compare the exchange's value, in its unit, with the amounts shown."""
    nonzero = tuple(entry for entry in shown if entry.amount is None or entry.amount)
    if not nonzero:
        return ValueComparison(exceeds=True)
    if record.amount < 0 or record.rough:
        return ValueComparison(exceeds=False)
    values = [(entry, _value(view, record.unit, entry)) for entry in nonzero]
    unpriced = [entry for entry, value in values if value is None]
    valued = Fraction(record.amount)
    excess = valued - sum((value for _each, value in values if value is not None), Fraction(0))
    return ValueComparison(
        exceeds=excess > max(valued * TOLERANCE, LEAST),
        unpriced=tuple(entry.asset for entry in unpriced),
        explaining=tuple(entry.asset for entry in unpriced if entry.amount is None or entry.amount > 0),
    )


def _value(view: AccountView, unit: str, shown: ShownAmount) -> Fraction | None:
    """Return the exact value in ``unit``: by the direct market, else by way of dollars."""
    if shown.amount is None:
        return None
    price = Decimal(1) if shown.asset == unit else view.prices.pair(shown.asset, unit)
    if price is not None:
        return Fraction(shown.amount) * Fraction(price)
    dollars, dollars_per_unit = view.prices.usd(shown.asset), view.prices.usd(unit)
    return None if dollars is None or not dollars_per_unit else Fraction(shown.amount) * dollars / dollars_per_unit


def _excess_finding(view: AccountView, reading: Reading, record: Valuation, explaining: tuple[str, ...]) -> Finding:
    """Return a blocker, or a warning if assets without a price may be the difference.

    Those assets block already.
    """
    text = _("The exchange says that your {wallet} wallet is worth {amount} {unit}, but lists less than that.")
    message = text.format(wallet=_(record.wallet), amount=plain(record.amount), unit=record.unit)
    if explaining:
        note = _("The difference may be assets without a price: {assets}.").format(assets=comma_list(explaining))
        message = sentences(message, note)
    return view.finding(
        RULE.id,
        reading,
        record,
        message=message,
        remedy=_("Look through every product of this wallet in the app and empty it."),
        severity=Severity.WARNING if explaining else Severity.BLOCKER,
    )


def _unpriced_note(view: AccountView, reading: Reading, record: Valuation, unpriced: tuple[str, ...]) -> Finding:
    one = _("{assets} has no price, so the total of the {wallet} wallet could not be compared.")
    many = _("{assets} have no price, so the total of the {wallet} wallet could not be compared.")
    text = one if len(set(unpriced)) == 1 else many
    return view.finding(
        RULE.id,
        reading,
        record,
        message=text.format(wallet=_(record.wallet), assets=comma_list(unpriced)),
        remedy=_("Compare the wallet's total in the app with this report."),
        severity=Severity.INFO,
        figures=(None, None),
    )


RULE = Rule(id="hidden-value", title="A wallet is worth more than it shows", severity=Severity.BLOCKER, check=_check)
