"""Kraken: the figures in one allocation of Earn, by part."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from auditor.exchanges.shared.key_rights import moment
from auditor.model.amounts import parse
from auditor.spec.parsed_row import Row

FIGURES = ("native", "converted")


def native(parts: Row | None, name: str) -> Decimal | None:
    """Return the figure of one part in its own asset; None where it is not there or not understood."""
    part = None if parts is None else parts.inner_or_none(name)
    return part.amount("native") if part is not None and part.is_understood("native") else None


def last_date(parts: Row | None, name: str) -> datetime | None:
    """Return the latest date on which something of a part becomes free."""
    part = None if parts is None else parts.inner_or_none(name)
    rows = [] if part is None else part.raw.get("allocations")
    dates = [moment(one.get("expires")) for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    return max((date for date in dates if date is not None), default=None)


def shows_more(parts: Row | None) -> bool:
    """Return whether any figure of any part is not zero: of a part with another name, of its entries, of its worth."""
    return parts is not None and any(parse(figure) for figure in _figures(parts.raw))


def _figures(value: object) -> Iterator[object]:
    if isinstance(value, list):
        for item in value:
            yield from _figures(item)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from (inner,) if name in FIGURES else _figures(inner)
