"""Parsers of durations such as 6h, dates and counts."""

import re
from datetime import UTC, datetime, timedelta

from auditor.cli.options.types import WrongValueError
from auditor.i18n import _

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION = re.compile(r"([0-9]{1,6})([smhdw])", re.ASCII)


def duration(value: str | timedelta) -> timedelta:
    """Parse a whole number of seconds, minutes, hours, days or weeks: 90s, 30m, 6h, 2d, 1w."""
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(value.strip())
    if match is None:
        raise WrongValueError(_("write a number and a unit, such as 30m, 6h or 2d"))
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def positive(value: str | timedelta) -> timedelta:
    """Parse a duration above zero."""
    parsed = duration(value)
    if parsed <= timedelta(0):
        raise WrongValueError(_("it must be above 0"))
    return parsed


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
