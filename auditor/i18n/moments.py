"""Times for a reader: in their time zone, in the order of day, month and year that their language uses."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from auditor.i18n.message import Message, mark

DAY_FIELD = "day"
"""The field of a message whose time is shown as a day."""
MOMENT = mark("%e %b %Y, %H:%M")
DAY = mark("%e %b %Y")


def moment(when: datetime) -> Message:
    """Return a time to the minute, shown in the reader's time zone."""
    return Message("{moment}").format(moment=when)


def day(when: datetime) -> Message:
    """Return the day of a time, as it is in the reader's time zone."""
    return Message("{day}").format(day=when)


def written_time(when: datetime, field: str, translate: Callable[[str], str], zone: tzinfo | None) -> str:
    """Return the text of a time in ``zone``; None is the zone of this computer. UTC is named, a local zone is not."""
    local = when.astimezone(zone)
    pattern = translate(DAY if field == DAY_FIELD else MOMENT).replace("%e", str(local.day))
    return local.strftime(pattern) + (" UTC" if zone is UTC and field != DAY_FIELD else "")


def zone_name(when: datetime, zone: tzinfo | None) -> str:
    """Return the difference of ``zone`` from UTC at a time, such as ``UTC+8`` or ``UTC-3:30``."""
    seconds = int((when.astimezone(zone).utcoffset() or timedelta()).total_seconds())
    hours, minutes = divmod(abs(seconds) // 60, 60)
    size = f"{hours}:{minutes:02}" if minutes else f"{hours}"
    return f"UTC{'+' if seconds > 0 else '-'}{size}" if seconds else "UTC"
