"""News of a fleet: one message about many accounts, and each thing once."""

import asyncio
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import update

from auditor.__main__ import main
from auditor.fleet.database import Database
from auditor.fleet.digest import NAMED, tell_news, to_notification
from auditor.fleet.news import Digest, NamedAccount
from auditor.fleet.status.query import read_status
from auditor.history import schema as t
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.i18n import Message, Translator
from auditor.model.report import Verdict
from auditor.watch.notify.channels import Notification, NotSentError
from tests.fleet.fleets import HOUR, LISTED, NOW, coins, link, look, make_fleet, set_member


@dataclass
class Channel:
    """A channel that takes messages, unless it is ``broken``."""

    sent: list[Notification] = field(default_factory=list)
    broken: bool = False
    name: str = "test"

    async def send(self, letter: Notification) -> None:
        if self.broken:
            raise NotSentError("it is broken")
        self.sent.append(letter)
        await asyncio.sleep(0.1)  # while it sends, others ask whether it is their turn


def tell(history: History, channel: Channel, programs: int = 1, *, at_once: bool = True) -> list[str]:
    """What the channel took from so many programs that tell at the same moment, and what was warned about."""
    warned: list[Message] = []

    async def run() -> None:
        databases = [Database(history) for _program in range(programs)]
        tellings = (tell_news(one, [channel], Translator(), warned.append, at_once=at_once) for one in databases)
        await asyncio.gather(*tellings)

    asyncio.run(run())
    taken, channel.sent = channel.sent, []
    return [*(letter.text for letter in taken), *map(str, warned)]


FIRST = """\
Account checks: 1 account came back, 1 key rejected
Came back: back (okx)
Key rejected: refused (okx)"""


def test_news_is_one_message_and_is_told_once(history: History) -> None:
    make_fleet(history)
    channel = Channel()

    assert [FIRST] == tell(history, channel)
    assert [] == tell(history, channel)


def test_of_workers_that_tell_at_the_same_moment_one_does_and_then_none_for_a_while(history: History) -> None:
    make_fleet(history)
    channel = Channel()

    assert [FIRST] == tell(history, channel, 4, at_once=False)
    look(history, "over", NOW - HOUR, coins("BTC"))
    assert [] == tell(history, channel, 4, at_once=False)
    let_turn_pass(history)
    assert ["Account checks: 1 account came back\nCame back: over (okx)"] == tell(history, channel, 4, at_once=False)


def test_news_of_a_worker_that_was_killed_while_it_told_is_told_by_the_next(history: History) -> None:
    make_fleet(history)

    class Killer(Channel):
        async def send(self, letter: Notification) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tell(history, Killer())

    assert [] == tell(history, Channel())
    let_turn_pass(history)
    assert [FIRST] == tell(history, Channel())
    assert 0 == running(history)


def let_turn_pass(history: History) -> None:
    """Make it as late as when a turn to tell, or the rest after it, is over."""
    with history.writing() as connection:
        connection.execute(update(t.claims).values(expires_at=NOW - HOUR))


def running(history: History) -> int:
    with history.reading() as connection:
        return read_status(connection).running


def test_what_could_not_be_handed_over_is_told_with_the_next_message(history: History) -> None:
    make_fleet(history)

    (warning,) = tell(history, Channel(broken=True))

    assert "could not be handed to test: it is broken" in warning
    assert [FIRST] == tell(history, Channel())


def test_an_account_that_is_cleared_and_comes_back_once_more_is_told_once_more(history: History) -> None:
    make_fleet(history)
    channel = Channel()
    tell(history, channel)

    look(history, "back", NOW + HOUR)
    assert [] == tell(history, channel)
    look(history, "back", NOW + 2 * HOUR, coins("BTC"))
    look(history, "back", NOW + 3 * HOUR, coins("BTC"))
    assert ["Account checks: 1 account came back\nCame back: back (okx)"] == tell(history, channel)


def test_a_check_that_is_stored_after_a_digest_of_a_later_date_is_told(history: History) -> None:
    make_fleet(history)
    channel = Channel()
    tell(history, channel)

    look(history, "over", NOW - HOUR, coins("BTC"))

    assert ["Account checks: 1 account came back\nCame back: over (okx)"] == tell(history, channel)


def test_a_tag_is_told_when_all_of_its_accounts_are_over_and_then_the_whole_fleet(history: History) -> None:
    make_fleet(history)
    channel = Channel()
    tell(history, channel)

    with history.writing() as connection:
        set_member(connection, "ready", over=True)
    assert ["Account checks: 1 tag is over\nEvery account is ready and confirmed: fund-1"] == tell(history, channel)
    for name, *_more in LISTED:
        look(history, name, NOW + HOUR)
    with history.writing() as connection:
        link(connection)
        for name, *_more in LISTED:
            set_member(connection, name, over=True)
    told = "Account checks: all accounts are ready and confirmed\nEvery account is ready and confirmed: desk"
    assert [told] == tell(history, channel)
    assert [] == tell(history, channel)


def test_many_accounts_are_counted_and_twenty_named() -> None:
    accounts = tuple(NamedAccount(f"n{number}", "okx") for number in range(NAMED + 5))
    digest = Digest(at=NOW, verdict=Verdict.BLOCKED, returned=accounts)

    letter = to_notification(digest, Translator())

    assert "Account checks: 25 accounts came back" == letter.title
    assert letter.text.endswith("n19 (okx) and 5 more")
    assert 25 == len(letter.document["returned"])  # type: ignore[arg-type]


def test_the_command_hands_the_digest_to_a_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with History(Location(file=tmp_path / "history.sqlite3")) as history:
        make_fleet(history)
    took = tmp_path / "took.json"
    script = tmp_path / "take.py"
    script.write_text(f"import sys, pathlib\npathlib.Path({str(took)!r}).write_text(sys.stdin.read())\n")

    where, program = str(tmp_path / "history.sqlite3"), f"{sys.executable} {script}"

    code = main(["fleet", "status", "--history", where, "--notify-command", program])

    assert 1 == code, capsys.readouterr().err
    assert ["back"] == [one["name"] for one in json.loads(took.read_text())["returned"]]
