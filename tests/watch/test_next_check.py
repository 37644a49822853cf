"""When the next look is, from what the last one saw."""

import os
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from auditor.audit.report_builder import build_report
from auditor.history.streaks import WatchState
from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.model.report import Report
from auditor.model.snapshot import Reading, Trouble
from auditor.watch.cron import CronSchedule
from auditor.watch.policy import NextPass, Policy, WatchEnd, next_pass
from tests import builders
from tests.watch.world import EMPTY, HOUR, START, funding

MINUTE = timedelta(minutes=1)
QUIET = WatchState(passes=3, quiet=1, begun_at=START)
REDEEMING = builders.reading(builders.earning(redeeming=True, ready_at=builders.LATER), surface="earn")


def report(*readings: Reading, at: datetime = START, **account: Any) -> Report:
    return build_report(builders.snapshot(*EMPTY, *readings, **account), now=at)


def wait(*readings: Reading, standing: WatchState = QUIET, at: datetime = START, **policy: Any) -> timedelta:
    found = next_pass(report(*readings, at=at), standing, Policy(**policy))
    assert isinstance(found, NextPass)
    return found.at - at


def test_soon_after_something_moved() -> None:
    assert 6 * HOUR == wait(funding("BTC"), standing=WatchState(quiet=0))
    assert 2 * HOUR == wait(funding("BTC"), standing=WatchState(quiet=0), every=2 * HOUR)


def test_it_waits_twice_as_long_each_time_nothing_changes() -> None:
    waits = [wait(funding("BTC"), standing=WatchState(quiet=quiet), every=HOUR) for quiet in (1, 2, 3, 4, 5, 90)]

    assert [2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, 24 * HOUR, 24 * HOUR] == waits


def test_the_longest_wait_is_never_shorter_than_the_shortest() -> None:
    assert 48 * HOUR == wait(funding("BTC"), every=48 * HOUR)


def test_when_only_a_redemption_is_left_it_looks_at_its_date() -> None:
    assert builders.LATER + 5 * MINUTE - START == wait(REDEEMING)


def test_a_redemption_beside_something_else_does_not_make_it_wait() -> None:
    assert 12 * HOUR == wait(REDEEMING, funding("BTC"))


def test_a_redemption_beside_an_unread_place_does_not_make_it_wait() -> None:
    assert 12 * HOUR == wait(REDEEMING, builders.unread(Trouble.PERMISSION))


def test_a_date_before_the_next_look_brings_it_forward() -> None:
    soon = builders.reading(builders.earning(redeeming=True, ready_at=START + 8 * HOUR), surface="earn")

    assert 8 * HOUR + 5 * MINUTE == wait(soon, funding("BTC"))


def test_what_should_have_arrived_is_looked_for_at_the_shortest_distance() -> None:
    assert 6 * HOUR == wait(REDEEMING, at=builders.LATER + HOUR)


def test_a_place_that_may_be_readable_soon_is_tried_again_soon() -> None:
    assert 6 * HOUR == wait(builders.unread(Trouble.MAINTENANCE))
    assert 12 * HOUR == wait(builders.unread(Trouble.PERMISSION))


def test_never_more_often_than_the_exchange_allows() -> None:
    assert 5 * MINUTE == wait(funding("BTC"), standing=WatchState(quiet=0), every=timedelta(seconds=1))
    assert HOUR == wait(builders.unread(Trouble.LIMITED), standing=WatchState(quiet=0), every=5 * MINUTE)


def test_a_clean_account_is_looked_at_once_more() -> None:
    assert 30 * MINUTE == wait(standing=WatchState(clean_since=START))


def test_clean_twice_with_the_time_between_is_the_end() -> None:
    since = WatchState(passes=2, clean_since=START - 30 * MINUTE)

    over = _("Ready to close: two full checks, one after the other, found nothing.")
    assert WatchEnd(reason=over, clean=True) == next_pass(report(), since)


def test_a_second_clean_pass_too_soon_confirms_nothing() -> None:
    assert 10 * MINUTE == wait(standing=WatchState(passes=2, clean_since=START - 20 * MINUTE))


def test_one_pass_never_confirms_itself() -> None:
    assert timedelta(0) == wait(standing=WatchState(clean_since=START), confirm=timedelta(0))


def test_it_ends_after_so_many_passes() -> None:
    found = next_pass(report(funding("BTC")), WatchState(passes=3), Policy(max_passes=3))

    assert WatchEnd(reason=_("The {count} checks that you asked for are done.").format(count=3)) == found
    assert 12 * HOUR == wait(funding("BTC"), standing=WatchState(passes=2, quiet=1), max_passes=3)


def test_the_last_look_is_when_the_time_is_over() -> None:
    assert 9 * HOUR == wait(funding("BTC"), until=START + 9 * HOUR)
    assert isinstance(next_pass(report(funding("BTC")), QUIET, Policy(until=START + HOUR)), WatchEnd)


def test_cron_sets_fixed_times_but_not_the_confirming_look() -> None:
    hourly = CronSchedule("0 * * * *")

    assert 9 == len({wait(funding("BTC"), at=START + n * HOUR, cron=hourly, every=HOUR) + n * HOUR for n in range(9)})
    assert 30 * MINUTE == wait(standing=WatchState(clean_since=START), cron=hourly)


def test_a_refused_key_is_asked_again_ever_more_rarely() -> None:
    refused = report(refused="it may trade")
    looks = [next_pass(refused, WatchState(quiet=quiet)) for quiet in (1, 2)]

    assert [12 * HOUR, 24 * HOUR] == [look.at - START for look in looks if isinstance(look, NextPass)]


@pytest.mark.parametrize("line", ["", "every day", "61 * * * *", "* * * *", "0 0 31 2 *", "@daily", "0 0 0 0 0 0 0"])
def test_what_is_no_time_is_told(line: str) -> None:
    with pytest.raises(UserError, match="is not a valid time: write five fields"):
        CronSchedule(line)


def test_reports_and_standings_alone_decide() -> None:
    made = report(funding("BTC"))

    assert NextPass(at=START + 12 * HOUR, reason=_("nothing changed, so it waits longer")) == next_pass(made, QUIET)
    assert next_pass(made, QUIET) == next_pass(made, QUIET)


@pytest.mark.skipif(os.name != "posix", reason="TZ")
@pytest.mark.parametrize("minute", [1, 11, 29, 58])
def test_cron_never_names_a_time_that_is_over_as_the_clocks_are_set_back(
    monkeypatch: pytest.MonkeyPatch, minute: int
) -> None:
    twice = datetime(2026, 10, 25, 1, minute, tzinfo=UTC)
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        assert twice < CronSchedule("*/10 * * * *").after(twice)
    finally:
        monkeypatch.undo()
        time.tzset()
