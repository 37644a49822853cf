"""The date of an answer, where no signature proves this computer's clock."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from auditor.model.clock import now
from auditor.transport.freshness import Freshness, StaleAnswerError


def dated(**ago: float) -> dict[str, str]:
    return {"Date": format_datetime(now() - timedelta(**ago), usegmt=True)}


@pytest.mark.parametrize("ago", [{"days": 2.0}, {"days": -2.0}, {"days": 1800.0}])
def test_a_first_answer_of_another_day_is_refused_though_nothing_proves_the_clock(ago: dict[str, float]) -> None:
    with pytest.raises(StaleAnswerError):
        Freshness(600, checks_clocks=False).check_date(dated(**ago), 0)


def test_a_clock_that_is_days_off_is_named_where_no_signature_proves_it() -> None:
    with pytest.raises(StaleAnswerError, match=r"but this computer's clock says .*: set the clock to the right time"):
        Freshness(600, checks_clocks=False).check_date(dated(days=2), 0)
    with pytest.raises(StaleAnswerError, match="from a cache on the way; try another network"):
        Freshness(600, checks_clocks=True).check_date(dated(days=2), 0)


def test_a_clock_that_is_hours_off_is_no_cache() -> None:
    fresh = Freshness(600, checks_clocks=False)
    fresh.check_date(dated(hours=5), 0)
    fresh.check_date(dated(hours=5), 0)


def test_an_answer_that_is_older_than_one_before_it_is_refused() -> None:
    fresh = Freshness(600, checks_clocks=False)
    fresh.check_date(dated(), 0)
    with pytest.raises(StaleAnswerError):
        fresh.check_date(dated(hours=5), 0)
