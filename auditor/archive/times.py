"""Times as an archive writes them: ISO 8601 in UTC with milliseconds, and the quarters of a calendar."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

EPOCH = date(1970, 1, 1)


def from_milliseconds(milliseconds: int) -> datetime:
    """Return the time of so many milliseconds since 1970, UTC."""
    seconds, rest = divmod(milliseconds, 1000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1000)


@lru_cache(1024)
def iso(milliseconds: int) -> str:
    """Return a time as text: ``2026-11-28T07:00:00.000Z``. Rows of one moment come one after another."""
    minutes, rest = divmod(milliseconds, 60_000)
    days, minute = divmod(minutes, 1440)
    return f"{_day(days)}T{_minute(minute)}:{rest // 1000:02d}.{rest % 1000:03d}Z"


@lru_cache(1024)
def _day(days: int) -> str:
    """Return a day since 1970 as text, which many rows of a ledger share."""
    return (EPOCH + timedelta(days)).isoformat()


@lru_cache(1440)
def _minute(minutes: int) -> str:
    """Return a minute of a day as text: ``07:00``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def milliseconds_of(moment: datetime) -> int:
    """Return the milliseconds since 1970 of an aware time."""
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000


def quarters(first: datetime, last: datetime) -> Iterator[str]:
    """Yield the quarters from the one of ``first`` to the one of ``last``: ``2024 Q3``."""
    year, quarter = first.year, (first.month - 1) // 3
    while (year, quarter) <= (last.year, (last.month - 1) // 3):
        yield f"{year} Q{quarter + 1}"
        year, quarter = (year, quarter + 1) if quarter < 3 else (year + 1, 0)  # noqa: PLR2004 - the last of a year
