"""Parsers of durations such as 6h, dates and counts."""

import math
import re
from datetime import UTC, datetime, timedelta

from auditor.cli.options.types import WrongValueError
from auditor.i18n import _

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)([smhdw])", re.ASCII | re.IGNORECASE)


def duration(value: str | timedelta) -> timedelta:
    """Parse a number of seconds, minutes, hours, days or weeks: 90s, 30m, 6h, 2d, 1w."""
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(value.strip())
    if match is None:
        raise WrongValueError(_("write a number and a unit, such as 30m, 6h or 2d"))
    return timedelta(seconds=float(match[1]) * _UNITS[match[2].lower()])


def positive(value: str | timedelta) -> timedelta:
    """Parse a duration above zero."""
    parsed = duration(value)
    if parsed <= timedelta(0):
        raise WrongValueError(_("it must be above 0"))
    return parsed


def seconds(value: str | float) -> float:
    """Parse a duration above zero, and return its seconds; a number without a unit counts seconds."""
    if isinstance(value, str):
        number = _plain_number(value)
        return positive(value).total_seconds() if number is None else number
    return value


def _plain_number(text: str) -> float | None:
    """Return a number in any of Python's notations (600, 1e3), None for anything else."""
    try:
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number) or number <= 0:
        raise WrongValueError(_("it must be above 0"))
    return number


def date(value: str | datetime) -> datetime:
    """Parse a date or time such as 2026-12-31 or 2026-12-31T18:00, and return it in UTC.

    Without an offset it is in the time zone of this computer.
    """
    if isinstance(value, datetime):
        return value
    try:
        return datetime.fromisoformat(value.strip()).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise WrongValueError(_("write a date such as 2026-12-31 or 2026-12-31T18:00")) from None


def count(value: str | int) -> int:
    """Parse a whole number above zero."""
    if isinstance(value, int):
        return value
    if not re.fullmatch(r"[0-9]{1,6}", value, re.ASCII) or int(value) == 0:
        raise WrongValueError(_("it must be a whole number above 0"))
    return int(value)
