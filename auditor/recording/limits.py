"""The amounts at which an outcome changes, and the values that follow from others by their prices, of one audit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction
from itertools import combinations

from auditor.assessment.account_view import AccountView
from auditor.model.amounts import parse
from auditor.model.records import Balance, Earning, Part
from auditor.model.reference_data import Market, Network, Valuation
from auditor.model.report import Report
from auditor.model.snapshot import Snapshot
from auditor.recording.figures import EXACT, Figure, Minimums, Ratio, Survey

MOST_PARTS, MOST_FIGURES = 6, 12
_UP = Context(prec=40, rounding=ROUND_CEILING)


def views(report: Report) -> Iterator[AccountView]:
    """Yield each account of a report with its snapshot."""
    accounts = tuple(account.snapshot for account in report.accounts)
    snapshot = Snapshot(accounts=accounts, started_at=report.generated_at, finished_at=report.generated_at)
    yield from (AccountView(snapshot, account) for account in accounts)


def minimums(report: Report) -> Mapping[str, Minimums]:
    """Return for each asset the minimums of its markets and networks, and the lots in which it is sold."""
    found: dict[str, Minimums] = defaultdict(Minimums)
    for view in views(report):
        least: dict[str, Decimal] = {}
        for _reading, market in view.records_of(Market):
            price = view.prices.pair(market.base, market.quote)
            limits = (market.min_amount, market.lot, _divided(market.min_notional, price))
            lots = (market.lot,) if market.lot else ()
            found[market.base] = found[market.base].plus(Minimums(tuple(_above_zero(limits)), lots))
            for amount in _above_zero((market.min_notional, _multiplied(market.min_amount, price))):
                least[market.quote] = min(amount, least.get(market.quote, amount))
        for asset, amount in least.items():
            found[asset] = found[asset].plus(Minimums((amount,)))
        for _reading, network in view.records_of(Network):
            both = (
                None if network.fee is None or network.min_withdrawal is None else network.fee + network.min_withdrawal
            )
            asked = (network.min_withdrawal, network.fee, network.min_send, both)
            found[network.asset] = found[network.asset].plus(Minimums(tuple(_above_zero(asked))))
    return found


def add_ratios(report: Report, survey: Survey) -> None:
    """Add the values that the exchange gives wallets, with what they consist of."""
    for view in views(report):
        for _reading, record in view.records_of(Valuation):
            total = Figure.of(record.amount) if record.amount else None
            if total in survey.assets:
                survey.ratios.append(Ratio(total, tuple(_parts(view, record, survey))))


def _parts(view: AccountView, record: Valuation, survey: Survey) -> Iterator[tuple[Figure, Decimal]]:
    for asset, amount, row in _shown(view, record):
        weight = _price(view, asset, record.unit)
        if weight is None or not amount:
            continue
        for part in _written(amount, row, survey):
            yield Figure.of(part), weight if part > 0 else -weight


def _written(amount: Decimal, row: Mapping[str, object], survey: Survey) -> Sequence[Decimal]:
    """Return the amounts in the answers that make up ``amount``: itself, or those of its row that it is the sum of."""
    if Figure.of(amount) in survey.assets:
        return (amount,)
    figures = [figure for value in row.values() if (figure := parse(value)) and Figure.of(figure) in survey.assets]
    sums = (some for size in range(2, MOST_PARTS) for some in combinations(figures[:MOST_FIGURES], size))
    return next((some for some in sums if sum(some) == amount), ())


def _shown(view: AccountView, record: Valuation) -> Iterator[tuple[str, Decimal | None, Mapping[str, object]]]:
    for _reading, balance in view.records_of(Balance):
        if balance.wallet in {record.wallet, *record.also} and balance.owner == record.owner:
            equity = balance.held.get(Part.EQUITY) if record.wallet == "trading" else None
            yield balance.asset, balance.amount if equity is None else equity, balance.row
    if record.wallet == "earn":
        yield from ((earning.asset, earning.amount, earning.row) for _reading, earning in view.records_of(Earning))


def _price(view: AccountView, asset: str, unit: str) -> Decimal | None:
    direct = Decimal(1) if asset == unit else view.prices.pair(asset, unit)
    dollars, dollars_per_unit = view.prices.usd(asset), view.prices.usd(unit)
    if direct is not None or dollars is None or not dollars_per_unit:
        return direct
    price = Fraction(dollars, 1) / dollars_per_unit
    return EXACT.divide(Decimal(price.numerator), Decimal(price.denominator))


def _above_zero(amounts: Iterable[Decimal | None]) -> Iterator[Decimal]:
    yield from (amount for amount in amounts if amount is not None and amount > 0)


def _divided(amount: Decimal | None, price: Decimal | None) -> Decimal | None:
    return None if amount is None or not price else _UP.divide(amount, price)


def _multiplied(amount: Decimal | None, price: Decimal | None) -> Decimal | None:
    return None if amount is None or price is None else EXACT.multiply(amount, price)
