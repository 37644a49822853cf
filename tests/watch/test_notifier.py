"""Who is told what, and when: a change of state once, amounts only if asked for, and no failure ends the watch."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from auditor.cli.runtime.reader import Runtime
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.i18n import Translator, _
from auditor.model.snapshot import Reading
from auditor.watch.loop import Watch
from auditor.watch.notify.channels import Notification, NotSentError
from auditor.watch.notify.display import LineDisplay, LiveDisplay
from auditor.watch.notify.events import WatchNews, collect_news
from auditor.watch.notify.notifier import Notifier, NotifierOptions
from auditor.watch.notify.prometheus import render
from auditor.watch.policy import Policy
from auditor.watch.scheduler import DuePass, Planner
from tests import builders
from tests.watch.world import DAY, HOUR, START, World, funding, until

PASSES = Policy(every=DAY, longest=DAY, max_passes=5)


@dataclass
class Noted:
    """A sender that notes what it is given, as long as it works."""

    name: str = "noted"
    works: bool = True
    got: list[Notification] = field(default_factory=list)

    async def send(self, message: Notification) -> None:
        if not self.works:
            raise NotSentError("no network")
        self.got.append(message)


@dataclass
class WatchOutput:
    """What came of a watch: its code, its lines, and what is on disk."""

    code: int
    lines: list[str]
    news: WatchNews | None


def run_watch(made: World, **wishes: Any) -> WatchOutput:
    """Run a watch that notifies."""
    stream = StringIO()
    with made.watch() as watching, History(Location(file=made.file)) as history:
        planner = Planner(history, made.whos, made.policy)
        runtime = Runtime()
        notifier = Notifier(
            planner=planner,
            wishes=NotifierOptions(**wishes),
            screen=LineDisplay(stream, runtime.console),
            now=made.clock.now,
            translate=runtime.console,
            warn=runtime.say,
        )
        ready = Watch(take=made.take, planner=planner, claim=watching.claim, clock=made.clock, observer=notifier)
        code = asyncio.run(ready.run())
        news = collect_news(planner, planner.states(), planner.plan(made.clock.now()), timedelta(days=3))
    return WatchOutput(code, stream.getvalue().splitlines(), news)


def world(folder: Path, *shown: Sequence[Reading], policy: Policy = PASSES) -> World:
    """An account that shows something else each day."""
    return World(
        folder / "history.sqlite3",
        {"main": lambda now: shown[min((now - START) // DAY, len(shown) - 1)]},
        policy,
    )


def test_people_are_told_when_the_state_changes_and_not_each_pass(tmp_path: Path) -> None:
    noted = Noted()
    same = [funding("BTC")]

    ran = run_watch(world(tmp_path, same, same, same, [funding("BTC", "ETH")], same), senders=[noted])

    assert (1, 5) == (ran.code, len(ran.lines))
    assert [1, 4, 5] == [message.document["pass"] for message in noted.got]
    assert ran.news is None


@pytest.mark.slow
def test_amounts_are_left_out_unless_they_are_asked_for(tmp_path: Path) -> None:
    quiet, open_ = Noted(), Noted()
    for folder, sender, amounts in (("quiet", quiet, False), ("open", open_, True)):
        (tmp_path / folder).mkdir()
        run_watch(world(tmp_path / folder, [funding("BTC", amount="1.2345")]), senders=[sender], amounts=amounts)

    assert "1.2345" not in repr(quiet.got)
    assert "new: main: Funding wallet: 1.2345 BTC" in open_.got[0].text
    assert "'amount': '1.2345'" in repr(open_.got[0].document)


def test_a_sender_that_fails_is_reported_and_asked_again_with_the_next_news(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    noted = Noted(works=False)
    made = world(tmp_path, [funding("BTC")], [funding("BTC")], [funding("BTC")])

    def mended(now: Any) -> None:
        noted.works = now >= START + 2 * DAY

    made.clock.woken = mended
    ran = run_watch(made, senders=[noted])

    assert 1 == ran.code
    assert 2 == capsys.readouterr().err.count(
        "The message could not be handed to noted: no network. The watch goes on."
    )
    assert [3] == [message.document["pass"] for message in noted.got]
    assert "new: main: Funding wallet: BTC" in noted.got[0].text


def test_news_from_before_a_crash_is_told_at_the_next_start(tmp_path: Path) -> None:
    noted, made = Noted(), world(tmp_path, [funding("BTC")], policy=Policy(max_passes=1))
    made.run()

    run_watch(made, senders=[noted])
    run_watch(made, senders=[noted])

    assert [1] == [message.document["pass"] for message in noted.got]


def test_a_clean_that_is_confirmed_is_news(tmp_path: Path) -> None:
    noted = Noted()

    run_watch(world(tmp_path, [], policy=Policy()), senders=[noted])

    assert ["READY, not confirmed yet" in noted.got[0].text, "READY, confirmed" in noted.got[1].text] == [True, True]
    assert [False, True] == [message.document["over"] for message in noted.got]


def test_no_complete_pass_for_days_is_news_once(tmp_path: Path) -> None:
    noted = Noted()

    run_watch(world(tmp_path, [builders.unread()]), senders=[noted], stale_after=3 * DAY)

    assert [1, 4] == [message.document["pass"] for message in noted.got]
    assert "no complete check for a long time (the last one: never)" in noted.got[1].text


def test_what_cannot_be_written_is_reported_and_the_watch_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run_watch(world(tmp_path, [funding("BTC")]), metrics=tmp_path / "nowhere" / "metrics.prom")

    assert (1, 5) == (ran.code, len(ran.lines))
    assert 5 == capsys.readouterr().err.count("The watch goes on.")


def test_each_pass_is_one_line(tmp_path: Path) -> None:
    ran = run_watch(world(tmp_path, [funding("BTC", "ETH")], [funding("BTC")], [], [], policy=Policy(every=DAY)))

    blocked, changed = "main: NOT READY TO CLOSE", "10:00 UTC: something changed."
    unconfirmed = "READY, not confirmed yet"
    ready = "ready; checking once more, because late fees and rebates arrive."
    over = "Ready to close: two full checks, one after the other, found nothing."
    assert [
        f"1 Jul 2026, 10:00 UTC: check 1: {blocked}, 2 things to clear. 2 new. Next check 2 Jul 2026, {changed}",
        f"2 Jul 2026, 10:00 UTC: check 2: {blocked}, 1 thing to clear. 1 cleared. Next check 3 Jul 2026, {changed}",
        f"3 Jul 2026, 10:00 UTC: check 3: main: {unconfirmed}. 1 cleared. Next check 3 Jul 2026, 10:30 UTC: {ready}",
        f"3 Jul 2026, 10:30 UTC: check 4: main: READY, confirmed. No further check: {over}",
    ] == ran.lines


def news_of(made: World) -> tuple[WatchNews, Any]:
    made.run()
    with History(Location(file=made.file)) as history:
        planner = Planner(history, made.whos, made.policy)
        news = collect_news(planner, planner.states(), planner.plan(made.clock.now()), 3 * DAY)
        assert news is not None
        return news, history.load(news.number)


def test_the_metrics_name_verdict_blockers_unread_places_and_the_last_complete_pass(tmp_path: Path) -> None:
    news, _done = news_of(world(tmp_path, [funding("BTC")], policy=Policy(max_passes=1)))

    lines = render(news).decode().splitlines()

    labels = 'account="main",environment="live",exchange="okx"'
    assert f'exchange_audit_verdict{{{labels},verdict="blocked"}} 1.0' in lines
    assert f'exchange_audit_verdict{{{labels},verdict="clean"}} 0.0' in lines
    assert f"exchange_audit_blockers{{{labels}}} 1.0" in lines
    assert f"exchange_audit_unread_surfaces{{{labels}}} 0.0" in lines
    complete = next(line for line in lines if line.startswith("exchange_audit_last_complete_pass_timestamp_seconds{"))
    assert START.timestamp() == float(complete.split()[1])
    assert "exchange_audit_watch_over 1.0" in lines


def view_of(news: WatchNews, done: Any, *, height: int = 24, running: Sequence[str] = ()) -> list[str]:
    view = LiveDisplay(translate=Translator(), height=lambda: height, now=lambda: START, running=lambda: running)
    view.passed(news, done)
    return view.lines()


def test_the_live_view_shows_what_changed_what_is_left_and_the_next_check(tmp_path: Path) -> None:
    made = world(tmp_path, policy=Policy(max_passes=2))
    made.shows = {"main": until(START + HOUR, funding("BTC", "ETH"), after=[funding("BTC")])}
    news, done = news_of(made)

    assert [
        "main: NOT READY TO CLOSE, 1 thing to clear",
        "Since the check before:",
        "  cleared: main: Funding wallet: 1 ETH",
        "Left to do:",
        "   1  Wait until a closed market or network opens: 1",
        "",
        "No further check.",
        "The 2 checks that you asked for are done.",
    ] == view_of(replace(news, since=1, happened=news.happened[-1:]), done)


@pytest.mark.parametrize("height", [6, 10, 24])
def test_the_live_view_never_grows_beyond_the_screen(tmp_path: Path, height: int) -> None:
    news, done = news_of(world(tmp_path, [funding(*(f"C{n}" for n in range(60)))], policy=Policy(max_passes=1)))

    shown = view_of(replace(news, since=1), done, height=height)

    assert len(shown) <= height - 2
    assert height < 24 or any(line.endswith(" more") for line in shown)


def test_a_check_under_way_is_shown_with_its_progress(tmp_path: Path) -> None:
    news, done = news_of(world(tmp_path, [funding("BTC")], policy=Policy(max_passes=1)))

    shown = view_of(news, done, running=["| main [##..] 84/168 Deposits", "| waiting 48 s: Binance's rate limit"])

    assert ["Checking now:", "  | main [##..] 84/168 Deposits", "  | waiting 48 s: Binance's rate limit"] == shown[-3:]


def test_the_next_check_is_counted_down_and_says_why(tmp_path: Path) -> None:
    news, done = news_of(world(tmp_path, [funding("BTC")], policy=Policy(max_passes=1)))
    plan = DuePass(at=START + 6 * HOUR, names=("main",), reason=_("something changed"))

    assert [
        "Next check in 6 h, 1 Jul 2026, 16:00 UTC",
        "Why then: something changed.",
        "Ctrl-C ends the watch; nothing is lost.",
    ] == view_of(replace(news, plan=plan), done)[-3:]
