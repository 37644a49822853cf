"""Totals that an answer gives beside its rows: witnesses that no row is missing."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from auditor.exchanges.unified.answers import ITSELF, Row, rows_at, value_at
from auditor.exchanges.unified.figures import Doubts, no_amount
from auditor.exchanges.unified.spec import ASK, TotalPart, UnifiedCall, WalletTotal
from auditor.i18n import _
from auditor.model import amounts
from auditor.model.reference_data import Valuation
from auditor.spec.fields import MalformedError


def wallet_totals(call: UnifiedCall, bodies: Sequence[Any], doubts: Doubts, *, holds: bool) -> Iterator[Valuation]:
    """Yield the totals of the answers. ``holds``: whether one of their rows holds anything."""
    for place, total in call.totals.items():
        if not (holds and total.alone):
            for body in bodies:
                if not (total.unless and any(_amounts_at(total.unless, body))):
                    yield from _totals(call, place, total, body, doubts)


def _amounts_at(place: str, body: Any) -> Iterator[object]:
    """Yield the totals at a place, without those that are no amounts."""
    parent, _dot, name = place.rpartition(".")
    yield from (amounts.parse(value_at(node, name)) for _key, node in _objects(body, parent, []))


def _totals(call: UnifiedCall, place: str, total: WalletTotal, body: Any, doubts: Doubts) -> Iterator[Valuation]:
    """Yield the totals at one place.

    One that is missing or blank says nothing beside rows, and is a doubt where the answer was asked for its totals.
    """
    parent, _dot, name = place.rpartition(".")
    is_strict = call.method == ASK and not total.optional
    for number, row in enumerate(_objects(body, parent, doubts if is_strict else [])):
        if total.proven_by and value_at(row[1], total.proven_by) is not True:
            doubts.append(MalformedError(_("the exchange does not know one of its totals at the moment")))
        value = value_at(row[1], name)
        amount = amounts.parse(value)
        if amount is not None:
            yield _valuation(_part(call, total, row), f"{place}:{number}", {name: value}, amount, total.unit)
        elif is_strict or not (value is None or value == ""):
            doubts.append(no_amount(name, value))


def _valuation(part: TotalPart, subject: str, row: Mapping[str, Any], amount: Decimal, unit: str) -> Valuation:
    return Valuation(
        subject=subject, row=row, wallet=part.name, amount=amount, unit=unit, also=part.wallets, rough=part.rough
    )


def _part(call: UnifiedCall, total: WalletTotal, row: Row) -> TotalPart:
    """Return the part of the account that a total is about; of an unknown one, its name and no rows."""
    if not total.parts:
        return TotalPart(name=total.wallet or call.wallet or call.id, wallets=total.also, rough=total.rough)
    key = value_at(row[1], total.part) if total.part else row[0]
    return total.parts.get(str(key)) or TotalPart(name=str(key))


def _objects(body: Any, parent: str, doubts: Doubts) -> list[Row]:
    """Return the objects that may have the total, with a doubt for each place in another shape."""
    try:
        return rows_at(body, f"{parent}.{ITSELF}".removeprefix("."), doubts)
    except MalformedError as error:
        doubts.append(error)
        return []
