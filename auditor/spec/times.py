"""Times as exchanges write them, as whole microseconds since 1970."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

Unit = Literal["ms", "s", "us", "ns", "iso", "no zone"]
"""How a time is written: since 1970, also with a fraction, or ISO 8601 with its zone, or without: read as UTC."""
MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SCALES = {"s": Decimal(1_000_000), "ms": Decimal(1000), "us": Decimal(1), "ns": Decimal("0.001")}


def microseconds(text: str, unit: Unit) -> int:
    """Return a time as whole microseconds since 1970. Raises ValueError."""
    if unit in {"iso", "no zone"}:
        moment = datetime.fromisoformat(text)
        if unit == "no zone" and moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        if moment.tzinfo is None:
            raise ValueError(text)
        return (moment - EPOCH) // MICROSECOND
    try:
        return int(Decimal(text) * _SCALES[unit])
    except (InvalidOperation, OverflowError):
        raise ValueError(text) from None


def milliseconds(text: str, unit: Unit) -> int:
    """Return a time as whole milliseconds since 1970. Raises ValueError."""
    return microseconds(text, unit) // 1000
