"""Who is told what, and when: a change of state once, amounts only if asked for, and no failure ends the watch."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from auditor.cli.runtime.reader import Runtime
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.i18n import Translator
from auditor.model.snapshot import Reading
from auditor.watch.loop import Watch
from auditor.watch.notify.channels import Notification, NotSentError
from auditor.watch.notify.display import LineDisplay, LiveDisplay
from auditor.watch.notify.events import WatchNews, collect_news
from auditor.watch.notify.notifier import Notifier, NotifierOptions
from auditor.watch.notify.prometheus import render
from auditor.watch.policy import Policy
from auditor.watch.scheduler import Planner
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
class Told:
    """What came of a watch: its code, its lines, and what is on disk."""

    code: int
    lines: list[str]
    news: WatchNews | None


def told(made: World, **wishes: Any) -> Told:
    """Run a watch that tells."""
    stream = StringIO()
    with made.watch() as watching, History(Location(file=made.file)) as history:
        planner = Planner(history, made.whos, made.policy)
        runtime = Runtime()
        teller = Notifier(
            planner=planner,
            wishes=NotifierOptions(**wishes),
            screen=LineDisplay(stream, runtime.console),
            now=made.clock.now,
            translate=runtime.console,
            warn=runtime.say,
        )
        ready = Watch(take=made.take, planner=planner, claim=watching.claim, clock=made.clock, teller=teller)
        code = asyncio.run(ready.run())
        news = collect_news(planner, planner.states(), planner.plan(made.clock.now()), timedelta(days=3))
    return Told(code, stream.getvalue().splitlines(), news)


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

    ran = told(world(tmp_path, same, same, same, [funding("BTC", "ETH")], same), senders=[noted])

    assert (1, 5) == (ran.code, len(ran.lines))
    assert [1, 4, 5] == [message.document["pass"] for message in noted.got]
    assert ran.news is None


def test_amounts_are_left_out_unless_they_are_asked_for(tmp_path: Path) -> None:
    quiet, open_ = Noted(), Noted()
    for folder, sender, amounts in (("quiet", quiet, False), ("open", open_, True)):
        (tmp_path / folder).mkdir()
        told(world(tmp_path / folder, [funding("BTC", amount="1.2345")]), senders=[sender], amounts=amounts)

    assert "1.2345" not in repr(quiet.got)
    assert "new: main/funding BTC (balance-left) 1.2345 BTC" in open_.got[0].text
    assert "'amount': '1.2345'" in repr(open_.got[0].document)


def test_a_sender_that_fails_is_reported_and_asked_again_with_the_next_news(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    noted = Noted(works=False)
    made = world(tmp_path, [funding("BTC")], [funding("BTC")], [funding("BTC")])

    def mended(now: Any) -> None:
        noted.works = now >= START + 2 * DAY

    made.clock.woken = mended
    ran = told(made, senders=[noted])

    assert 1 == ran.code
    assert 2 == capsys.readouterr().err.count(
        "The message could not be handed to noted: no network. The watch goes on."
    )
    assert [3] == [message.document["pass"] for message in noted.got]
    assert "new: main/funding BTC" in noted.got[0].text


def test_news_from_before_a_crash_is_told_at_the_next_start(tmp_path: Path) -> None:
    noted, made = Noted(), world(tmp_path, [funding("BTC")], policy=Policy(max_passes=1))
    made.run()

    told(made, senders=[noted])
    told(made, senders=[noted])

    assert [1] == [message.document["pass"] for message in noted.got]


def test_a_clean_that_is_confirmed_is_news(tmp_path: Path) -> None:
    noted = Noted()

    told(world(tmp_path, [], policy=Policy()), senders=[noted])

    assert ["CLEAN, not confirmed yet" in noted.got[0].text, "CLEAN, confirmed" in noted.got[1].text] == [True, True]
    assert [False, True] == [message.document["over"] for message in noted.got]


def test_no_complete_pass_for_days_is_news_once(tmp_path: Path) -> None:
    noted = Noted()

    told(world(tmp_path, [builders.unread()]), senders=[noted], stale_after=3 * DAY)

    assert [1, 4] == [message.document["pass"] for message in noted.got]
    assert "no complete pass was possible for long (the last one: never)" in noted.got[1].text


def test_what_cannot_be_written_is_reported_and_the_watch_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = told(world(tmp_path, [funding("BTC")]), metrics=tmp_path / "nowhere" / "metrics.prom")

    assert (1, 5) == (ran.code, len(ran.lines))
    assert 5 == capsys.readouterr().err.count("The watch goes on.")


def test_each_pass_is_one_line(tmp_path: Path) -> None:
    ran = told(world(tmp_path, [funding("BTC", "ETH")], [funding("BTC")], [], [], policy=Policy(every=DAY)))

    clean = "clean; a second full pass must say so too, fees and rebates arrive late."
    expected = (
        "10:00 UTC: pass 1: main BLOCKED, 2 left. 2 new. Next look 2026-07-02 10:00 UTC: something moved.",
        "10:00 UTC: pass 2: main BLOCKED, 1 left. 1 resolved. Next look 2026-07-03 10:00 UTC: something moved.",
        f"10:00 UTC: pass 3: main CLEAN, not confirmed yet. 1 resolved. Next look 2026-07-03 10:30 UTC: {clean}",
        "10:30 UTC: pass 4: main CLEAN, confirmed. No further look: Clean, and confirmed by a second full pass.",
    )
    assert list(expected) == [line.removeprefix(f"2026-07-0{line[9]} ") for line in ran.lines]


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


def test_the_live_view_shows_what_is_left_what_was_resolved_and_the_next_look(tmp_path: Path) -> None:
    shown = StringIO()
    console = Console(file=shown, width=100, legacy_windows=False)
    made = world(tmp_path, policy=Policy(max_passes=2))
    made.shows = {"main": until(START + HOUR, funding("BTC", "ETH"), after=[funding("BTC")])}
    news, done = news_of(made)

    LiveDisplay(console.print, Translator()).passed(news, done)

    text = shown.getvalue()
    assert [True] * 4 == [
        part in text for part in ("main BLOCKED, 1 left", "Left (1):", "Resolved (1):", "No further look: The 2 passes")
    ]
