"""Times in an answer's headers: how long to wait, and how far this computer's clock is off."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from auditor.model.clock import now

LONGEST_COUNT = 10


def header(headers: Mapping[str, str], name: str) -> str | None:
    """Return the value of a header; the name is case-insensitive."""
    wanted = name.lower()
    return next((value for key, value in headers.items() if key.lower() == wanted), None)


def whole_number(text: str | None) -> int | None:
    """Return a number in ASCII digits and of sane length, else None."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < LONGEST_COUNT else None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of ``Retry-After``, which is a number or a date (RFC 9110, 10.2.3); None without one."""
    text = header(headers, "retry-after")
    seconds = whole_number(text)
    if seconds is not None or text is None:
        return seconds
    moment = _date(text)
    return None if moment is None else max(0.0, (moment - now()).total_seconds())


def clock_skew(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that this computer's clock is behind the answer's ``Date``, None without one."""
    moment = _date(header(headers, "date") or "")
    return None if moment is None else (moment - now()).total_seconds()


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
