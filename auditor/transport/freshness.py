"""Tell an answer that was given just now from one that a cache kept: that one shows an account as it was.

``Age`` counts the seconds in caches. ``Date`` is when the exchange made the answer; this computer's clock may be wrong,
so it is compared with the clock that the exchange accepts signatures by, or else with the dates of other answers.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from auditor.i18n import _, mark
from auditor.model.clock import now
from auditor.transport.ccxt.answer_errors import BadBodyError
from auditor.transport.clock_steps import ClockSteps
from auditor.transport.http_time import header

# Seconds that a clock may be wrong before an exchange refuses its signatures.
CLOCK_TOLERANCE = 60.0
# Seconds: few clocks that open secure connections are so wrong. The first answer is compared with nothing else, so it
# may be the clock or the answer that is of another day.
FURTHEST_OFF = 86_400.0
CACHES = ("x-cache", "x-cache-status", "cf-cache-status", "cache-status", "x-proxy-cache", "cdn-cache")
OLD = mark("it is {seconds} seconds old, from a cache on the way; try another network, or without --proxy")
KEPT = mark("it comes from a cache on the way, which must not keep it; try another network, or without --proxy")
DATED = mark("it is dated {day}, from a cache on the way; try another network, or without --proxy")
FAR_OFF = mark(
    "it is dated {day}, but this computer's clock says {now}: set the clock to the right time and audit again; if it "
    "is right, a cache on the way answered, so try another network, or without --proxy"
)
_HIT = re.compile(r"(?<![a-z])hit(?![a-z])", re.IGNORECASE)
_DIGITS = re.compile(r"0*([0-9]+)", re.ASCII)
LONGEST_AGE = 12


class StaleAnswerError(BadBodyError):
    """An answer that a cache gave, and not the exchange at this moment."""


class Freshness:
    """Checks the answers to one exchange's requests; ``window``: seconds that an answer may be old."""

    def __init__(self, window: float, *, checks_clocks: bool) -> None:
        """Start without any answer.

        ``checks_clocks``: the exchange refuses the signatures of a wrong clock, so a clock that it accepts is right.
        """
        self._window = window
        self._checks_clocks = checks_clocks
        self._nearest: float | None = None
        self._steps = ClockSteps()

    def check_age(self, headers: Mapping[str, str], *, signed: bool) -> None:
        """Raise StaleAnswerError for an answer older than the window, or to a signed request from any cache."""
        known = {name.lower(): value for name, value in headers.items()}
        age = max((int(digits[:LONGEST_AGE]) for digits in _DIGITS.findall(known.get("age", ""))), default=None)
        if age is not None and age > self._window:
            raise StaleAnswerError(_(OLD).format(seconds=age))
        if signed and age != 0 and any(_HIT.search(known.get(name, "")) for name in CACHES):
            raise StaleAnswerError(_(KEPT))

    def check_date(self, headers: Mapping[str, str], skew: float) -> None:
        """Raise StaleAnswerError for an answer of another time.

        ``skew``: seconds that this computer's clock is behind the exchange's, as far as that is known.
        """
        moment = _date(headers)
        if moment is None:
            return
        present = now()
        difference = (moment - present).total_seconds() - skew
        if self._steps.was_set(present):
            # The dates before were compared with another clock.
            self._nearest = None
        self._nearest = difference if self._nearest is None else min(self._nearest, difference, key=abs)
        right = 0.0 if self._checks_clocks else self._nearest
        if abs(difference - right) > self._window + CLOCK_TOLERANCE:
            raise StaleAnswerError(_(DATED).format(day=_written(moment)))
        if abs(difference) > FURTHEST_OFF:
            raise StaleAnswerError(_(FAR_OFF).format(day=_written(moment), now=_written(now())))


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat(" ")


def _date(headers: Mapping[str, str]) -> datetime | None:
    return _moment(header(headers, "date") or "")


# Many answers come within one second.
@lru_cache(maxsize=16)
def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
