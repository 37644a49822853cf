"""Amounts, texts and times of one row, of ccxt's or the exchange's own, with a doubt for each that did not parse."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal

from auditor.exchanges.unified.answers import value_at
from auditor.exchanges.unified.spec import UnifiedCall
from auditor.i18n import Text, _
from auditor.model import amounts
from auditor.model.records import Part
from auditor.spec.fields import MalformedError
from auditor.spec.parsed_row import LATEST, UNKNOWN_TEXT

Doubts = list[MalformedError]
MAYBE = "?"
# Names that exchanges give to the id, the market, the asset and the amount of a row that ccxt does not show.
IDS = (
    "orderId",
    "order_id",
    "orderID",
    "id",
    "ordId",
    "algoId",
    "planId",
    "positionId",
    "uuid",
    "txid",
    "txId",
    "refid",
)
MARKETS = ("symbol", "instrument_name", "product_id", "contract", "contract_code", "currency_pair", "pair", "instId")
ASSETS = ("currency", "coin", "asset", "ccy", "instrument_name")
AMOUNTS = ("amount", "amt", "size", "quantity", "qty", "volume", "vol", "sz")


def figures_of(call: UnifiedCall, raw: object, doubts: Doubts) -> dict[str, Decimal]:
    """Return the figures that prove a holding.

    Of several for one part, the first that is not zero counts.
    """
    held: dict[str, Decimal] = {}
    for name, part in call.figures.items():
        value = value_at(raw, name.removesuffix(MAYBE))
        if name.endswith(MAYBE) and (value is None or value == ""):
            continue
        figure = amounts.parse(value)
        if figure is None:
            doubts.append(no_amount(name.removesuffix(MAYBE), value))
        else:
            held[part] = held.get(part) or figure
    return held


def no_amount(name: str, value: object) -> MalformedError:
    """Return the doubt about a figure that is missing, blank or something else than an amount."""
    if value is None:
        return MalformedError(_("{name} is missing").format(name=name))
    if isinstance(value, str) and not value.strip():
        return MalformedError(_("{name} is blank").format(name=name))
    return MalformedError(_("{name} is not an amount").format(name=name))


def exact_sum(raw: object, names: Iterable[str], doubts: Doubts) -> Decimal:
    """Return the exact sum of several figures of one row."""
    values = {name: value_at(raw, name) for name in names}
    figures = {name: amounts.parse(value) for name, value in values.items()}
    doubts += [no_amount(name, values[name]) for name, figure in figures.items() if figure is None]
    return amounts.total(figure for figure in figures.values() if figure is not None)


def other_figures(amount: Decimal, figures: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return the figures without the raw amount, which counts only where ccxt's amount is zero."""
    return {part: figure for part, figure in figures.items() if part != Part.OTHER or not amount}


def present(parts: Mapping[str, object]) -> dict[str, Decimal]:
    """Return the parts whose amount is known."""
    return {part: amount for part, value in parts.items() if (amount := amounts.bounded(value)) is not None}


def amount_of(value: object, what: Text, doubts: Doubts) -> Decimal:
    """Return an amount of ccxt's; zero, with a doubt, for one that did not parse."""
    return amount_or_none(value, what, doubts) or amounts.ZERO


def amount_or_none(value: object, what: Text, doubts: Doubts) -> Decimal | None:
    """Return an amount of ccxt's; None, with a doubt, for one that did not parse."""
    amount = amounts.bounded(value)
    if amount is None:
        doubts.append(MalformedError(_("{what} did not parse").format(what=what)))
    return amount


def text_or_unknown(value: object, what: Text, doubts: Doubts) -> str:
    """Return a text, or `UNKNOWN_TEXT` for one that is missing."""
    try:
        return required_text(value, what)
    except MalformedError as error:
        doubts.append(error)
        return UNKNOWN_TEXT


def required_text(value: object, what: Text) -> str:
    """Return a text. Raises MalformedError for one that is missing or blank."""
    if not isinstance(value, str) or not value.strip():
        raise MalformedError(_("{what} is missing").format(what=what))
    return value


def evidence(raw: object) -> Mapping[str, object]:
    """Return the exchange's own row as a record keeps it."""
    return raw if isinstance(raw, dict) else {"row": raw}


def moment(value: object) -> datetime | None:
    """Return the time of ccxt's milliseconds, None for an unlikely one."""
    known = isinstance(value, int) and 0 < value / 1000 < LATEST.timestamp()
    return datetime.fromtimestamp(int(str(value)) / 1000, UTC) if known else None


def first_text(raw: object, names: Iterable[str]) -> str:
    """Return the first text or number that a raw row has under one of the names, "" where it has none."""
    values = (value_at(raw, name) for name in names)
    return next((value for value in values if isinstance(value, str) and value.strip()), "")
