"""How the command line reads times: durations such as 6h, and dates."""

import re
from datetime import UTC, datetime, timedelta

from auditor.cli.options.types import WrongValueError
from auditor.i18n import _

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION = re.compile(r"([0-9]{1,6})([smhdw])", re.ASCII)


def duration(value: str | timedelta) -> timedelta:
    """Take a whole number of seconds, minutes, hours, days or weeks: 90s, 30m, 6h, 2d, 1w."""
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(value.strip())
    if match is None:
        raise WrongValueError(_("write a number and a unit, such as 30m, 6h or 2d"))
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def positive(value: str | timedelta) -> timedelta:
    """Take a duration above zero."""
    taken = duration(value)
    if taken <= timedelta(0):
        raise WrongValueError(_("it must be above 0"))
    return taken


def date(value: str | datetime) -> datetime:
    """Take a date or a time, of this computer's zone unless it names one: 2026-12-31, 2026-12-31T18:00."""
    if isinstance(value, datetime):
        return value
    try:
        return datetime.fromisoformat(value.strip()).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise WrongValueError(_("write a date such as 2026-12-31 or 2026-12-31T18:00")) from None


def count(value: str | int) -> int:
    """Take a whole number above zero."""
    if isinstance(value, int):
        return value
    if not re.fullmatch(r"[0-9]{1,6}", value, re.ASCII) or int(value) == 0:
        raise WrongValueError(_("it must be a whole number above 0"))
    return int(value)
