"""Readers that several exchanges use. Their arguments name the strict fields.

Parts and amounts are names of fields, or fields (`auditor.spec.fields`) where a blank may be normal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from auditor.model.records import Balance, Earning, Order, Record, seen_amount
from auditor.model.reference_data import Valuation
from auditor.spec.fields import Field, optional_amount, text
from auditor.spec.fields import amount as amount_field
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader
from auditor.spec.words import kind_in_words, side_in_words, state_in_words

FieldOrName = Field | str


@dataclass(frozen=True, slots=True)
class OrderWords:
    """An exchange's words for its orders, by the word in its answers."""

    kinds: Mapping[str, str]
    sides: Mapping[str, str]
    states: Mapping[str, str]


def strict_amounts(*names: FieldOrName) -> tuple[Field, ...]:
    """Return the fields of these amounts; a mere name is an amount that may not be blank."""
    return tuple(amount_field(name) if isinstance(name, str) else name for name in names)


def figures(row: Row, parts: Mapping[str, FieldOrName]) -> dict[str, Decimal]:
    """Return the figures of ``row`` by part, without documented blanks."""
    names = {part: name if isinstance(name, str) else name.name for part, name in parts.items()}
    values = {part: row.amount_or_none(name) for part, name in names.items()}
    return {part: value for part, value in values.items() if value is not None}


def amount_or_seen(row: Row, name: str, held: Mapping[str, Decimal]) -> Decimal:
    """Return the amount in a strict field; where it was not understood, what the other figures show of it."""
    return row.amount(name) if row.is_understood(name) else seen_amount(held)


def balance(*, wallet: str, asset: str, amount: str, **parts: FieldOrName) -> Reader:
    """Read a balance in ``wallet``, of this account or the scope's sub-account.

    ``parts``: fields by part.
    """

    def read(row: Row, context: Context) -> Iterable[Record]:
        name, held = row.text(asset), figures(row, parts)
        yield Balance(
            subject=name,
            row=row.raw,
            owner=context.scope.owner,
            wallet=wallet,
            asset=name,
            amount=amount_or_seen(row, amount, held),
            held=held,
        )

    return Reader((text(asset), *strict_amounts(amount, *parts.values())), read)


def earning(*, product: str, asset: str, amount: str, state: str, **parts: FieldOrName) -> Reader:
    """Read a holding in an earn product. ``state``: its description; ``parts``: fields by part."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        name, held = row.text(asset), figures(row, parts)
        yield Earning(
            subject=name,
            row=row.raw,
            product=product,
            asset=name,
            amount=amount_or_seen(row, amount, held),
            held=held,
            state=state,
            redeeming=False,
            ready_at=None,
        )

    return Reader((text(asset), *strict_amounts(amount, *parts.values())), read)


def open_order(
    words: OrderWords, *, number: str, market: str, kind: str, size: str = "", kind_field: str = ""
) -> Reader:
    """Read a row of a list of open orders: being listed proves that it is open, whatever its state.

    ``size``, ``kind_field``: fields of evidence.
    """

    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield Order(
            subject=row.text(number),
            row=row.raw,
            market=row.hint(market),
            kind=kind_in_words(row.hint(kind_field) or kind, words.kinds),
            side=side_in_words(row.hint("side"), words.sides),
            amount=row.hint_amount(size),
            state=state_in_words(row.hint("state"), words.states),
            price=row.hint_amount("px") or None,
            started_at=row.hint_time("cTime"),
        )

    return Reader((text(number),), read)


def with_fields(reader: Reader, *fields: Field) -> Reader:
    """Add strict fields to ``reader`` that are only checked, to prove that a row is understood."""
    return Reader((*reader.fields, *fields), reader.read)


def total_worth(wallet: str, field: str, unit: str, *parts: str) -> Reader:
    """Read the exchange's own total of ``wallet``, in ``unit``; blank or missing in an account that was never used.

    ``parts``: figures of which the total is made, the first of which counts where the total shows nothing.
    """

    def read(row: Row, context: Context) -> Iterable[Record]:
        shown = {name: row.amount_or_none(name) for name in (field, *parts)}
        name = next((name for name, worth in shown.items() if worth), field)
        worth = shown[name]
        if worth is not None:
            evidence = {name: row.raw[name]}
            yield Valuation(
                subject=f"total:{wallet}",
                row=evidence,
                owner=context.scope.owner,
                wallet=wallet,
                amount=worth,
                unit=unit,
            )

    return Reader(tuple(map(optional_amount, (field, *parts))), read)
