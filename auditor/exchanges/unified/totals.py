"""Totals that an answer gives beside its rows: witnesses that no row is missing."""

from collections.abc import Iterator, Sequence
from typing import Any

from auditor.exchanges.unified.answers import ITSELF, rows_at, value_at
from auditor.exchanges.unified.figures import Doubts
from auditor.exchanges.unified.spec import UnifiedCall, WalletTotal
from auditor.i18n import _
from auditor.model import amounts
from auditor.model.reference_data import Valuation
from auditor.spec.fields import MalformedError


def wallet_totals(call: UnifiedCall, bodies: Sequence[Any], doubts: Doubts, *, holds: bool) -> Iterator[Valuation]:
    """Yield the totals of the answers. ``holds``: whether one of their rows holds anything."""
    for place, total in call.totals.items():
        if not (holds and total.alone):
            for body in bodies:
                yield from _totals(call, place, total, body, doubts)


def _totals(call: UnifiedCall, place: str, total: WalletTotal, body: Any, doubts: Doubts) -> Iterator[Valuation]:
    """Yield the totals at one place; a total that is missing or blank says nothing."""
    parent, _dot, name = place.rpartition(".")
    for number, (_key, node) in enumerate(_objects(body, parent)):
        value = value_at(node, name)
        if value is None or value == "":
            continue
        amount = amounts.parse(value)
        if amount is None:
            doubts.append(MalformedError(_("{name} is not an amount").format(name=name)))
        else:
            wallet = total.wallet or call.wallet or call.id
            yield Valuation(
                subject=f"{place}:{number}", row={name: value}, wallet=wallet, amount=amount, unit=total.unit
            )


def _objects(body: Any, parent: str) -> list[tuple[str | None, Any]]:
    """Return the objects that may have the total; none in another shape, which the rows doubt already."""
    try:
        return rows_at(body, f"{parent}.{ITSELF}".removeprefix("."), [])
    except MalformedError:
        return []
