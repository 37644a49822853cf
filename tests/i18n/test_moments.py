"""Times as a reader sees them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from auditor.i18n import Translator, counted, day, moment
from auditor.i18n.message import Message

LATE = datetime(2026, 11, 5, 23, 30, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("translate", "shown"),
    [
        (Translator(), ("5 Nov 2026, 23:30 UTC", "5 Nov 2026")),
        (Translator("zh"), ("2026-11-05 23:30 UTC", "2026-11-05")),
        (Translator(zone=SHANGHAI), ("6 Nov 2026, 07:30", "6 Nov 2026")),
        (Translator("zh", zone=SHANGHAI), ("2026-11-06 07:30", "2026-11-06")),
    ],
)
def test_a_time_is_shown_in_the_readers_zone_and_language(translate: Translator, shown: tuple[str, str]) -> None:
    """The day may be another one there."""
    assert shown == (translate(moment(LATE)), translate(day(LATE)))


@pytest.mark.parametrize(("count", "shown"), [(0, "0 places"), (1, "1 place"), (2, "2 places")])
def test_one_is_singular(count: int, shown: str) -> None:
    """No "1 places"."""
    assert shown == str(counted(count, Message("{count} place"), Message("{count} places")))
