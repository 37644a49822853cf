"""Who is in a fleet, and when each account is looked at."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from auditor.fleet.accounts import F, find, find_family
from auditor.fleet.accounts_csv import ListedAccount, read_accounts
from auditor.fleet.choice import Choice
from auditor.fleet.egresses import begin, count, end, find_egresses
from auditor.fleet.membership import Added, add, ask, remove
from auditor.history import schema as t
from auditor.history.models import ConfiguredAccount
from auditor.history.store import History
from auditor.model.errors import UserError
from auditor.model.report import Verdict
from auditor.model.snapshot import Environment
from tests import builders
from tests.history.conftest import done, funding

NOW = builders.NOW
HOUR = timedelta(hours=1)
LIST = """\
name,exchange,uid,egress,base_url,tags
a,okx,7001,fra-1,,fund-3; retail
b,okx,,fra-1,http://127.0.0.1:8000,

c,binance,,fra-2,,retail
"""


@pytest.fixture
def connection(history: History) -> Iterator[Connection]:
    with history.writing() as opened:
        yield opened


def listed(
    *names: str, egress: str = "fra-1", uid: str | None = None, tags: tuple[str, ...] = ()
) -> list[ListedAccount]:
    return [ListedAccount(name=name, exchange="okx", egress=egress, uid=uid, tags=tags) for name in names]


def read(tmp_path: Path, text: str) -> tuple[ListedAccount, ...]:
    file = tmp_path / "accounts.csv"
    file.write_text(text, encoding="utf-8-sig")
    return read_accounts(file)


def test_a_list_of_accounts_is_read_with_what_it_leaves_out(tmp_path: Path) -> None:
    first, second, third = read(tmp_path, LIST)

    assert ListedAccount(name="a", exchange="okx", egress="fra-1", uid="7001", tags=("fund-3", "retail")) == first
    assert ("http://127.0.0.1:8000", ()) == (second.base_url, second.tags)
    assert ("binance", None, "fra-2") == (third.exchange, third.base_url, third.egress)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,exchange\n", "egress is missing"),
        ("name,exchange,egress,apikey\n", "line 1: Unknown column 'apikey'"),
        ("name,exchange,egress\na,okx,fra\na,okx,fra\n", "line 3: Two accounts have the name 'a'"),
        ("name,exchange,egress\na,okxx,fra\n", "line 2: Unknown exchange 'okxx'"),
        ("name,exchange,egress\n../a,okx,fra\n", "line 2: name '../a' must be made of letters"),
        ("name,exchange,egress\na,okx\n", "line 2: it has 2 cells"),
        ("name,exchange,egress,base_url\na,okx,fra,http://evil.test\n", "line 2: .*without https"),
        ("name,exchange,egress\n", "has no account"),
        ('name,exchange,egress\n"a,okx,fra\n', "it is not CSV"),
    ],
)
def test_a_faulty_list_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read(tmp_path, text)


def test_the_first_looks_are_spread_at_each_egress_by_itself(connection: Connection) -> None:
    both = [*listed("a", "b"), *listed("c", egress="fra-2")]

    assert Added(3, 0) == add(connection, both, NOW, 6 * HOUR)

    due = {account.name: account.due_at for account in find(connection)}
    assert {"a": NOW, "b": NOW + 3 * HOUR, "c": NOW} == due


def test_a_list_that_is_added_again_changes_what_it_says_and_nothing_else(connection: Connection) -> None:
    add(connection, listed("a", "b", tags=("old",)), NOW, HOUR)
    before = find(connection)

    assert Added(1, 1) == add(connection, [*listed("a", tags=("new",)), *listed("c")], NOW + HOUR, HOUR)

    a, b, c = find(connection)
    assert ("new",) == a.tags
    assert (before[0].due_at, before[1]) == (a.due_at, b)
    assert NOW + HOUR == c.due_at


def test_an_account_that_moves_takes_its_family_along(connection: Connection) -> None:
    add(connection, listed("main", "sub"), NOW, HOUR)
    connection.execute(update(t.fleet_accounts).values(family="okx/live/7001", alarm_at=NOW))

    add(connection, listed("main", egress="fra-2"), NOW, HOUR)

    assert [("fra-2", "main"), ("fra-2", "sub")] == [
        (a.egress, a.name) for a in find_family(connection, "okx/live/7001")
    ]


def test_the_same_name_for_another_account_begins_anew(connection: Connection) -> None:
    add(connection, listed("a"), NOW, HOUR)
    connection.execute(update(t.fleet_accounts).values(mark="m", due_at=None, over=True))

    add(connection, listed("a", uid="7002"), NOW + HOUR, HOUR)

    (account,) = find(connection)
    assert ("okx/live/7002", None, NOW + HOUR, False) == (account.family, account.mark, account.due_at, account.over)


def test_a_removed_account_is_not_looked_at_until_it_is_added_again(connection: Connection) -> None:
    add(connection, listed("a", "b", tags=("fund",)), NOW, HOUR)

    assert 2 == remove(connection, Choice(tag="fund"), NOW)
    gone = find(connection)
    add(connection, listed("a"), NOW + HOUR, HOUR)

    assert () == gone
    assert [("a", NOW + HOUR)] == [(account.name, account.due_at) for account in find(connection)]
    with pytest.raises(UserError, match="Unknown account 'b'"):
        remove(connection, Choice(names=("b",)), NOW)


def test_a_look_at_once_waits_until_five_minutes_after_the_last_one(history: History) -> None:
    with history.writing() as connection:
        add(connection, listed("main", "other"), NOW, HOUR)
    who = ConfiguredAccount(name="main", exchange="okx", environment=Environment.LIVE)
    stored = history.append(done(funding("BTC")), {"main": who}, after=0)
    (number,) = stored.changes
    with history.writing() as connection:
        values = {"account_id": number, "pass_id": stored.number, "due_at": None, "over": True}
        connection.execute(update(t.fleet_accounts).where(F.name == "main").values(values))

        asked = ask(connection, Choice(rule="balance-left"), NOW + timedelta(minutes=1))

        (account,) = find(connection, F.name == "main")
        assert (1, NOW + timedelta(minutes=5), False) == (asked, account.due_at, account.over)
        assert 0 == ask(connection, Choice(rule="open-order"), NOW)
        assert 1 == ask(connection, Choice(verdict=Verdict.BLOCKED), NOW)
        assert 0 == ask(connection, Choice(verdict=Verdict.CLEAN), NOW)


def test_an_egress_shows_who_has_it_and_what_it_did_of_late(connection: Connection) -> None:
    begin(connection, "fra-1", "host", 1, NOW - 9 * HOUR)
    count(connection, "fra-1", NOW - 9 * HOUR, passes=5, limited=5)
    begin(connection, "fra-1", "host", 2, NOW)
    for _time in range(2):
        count(connection, "fra-1", NOW, passes=3, limited=1)
    end(connection, "fra-1", NOW + HOUR)

    (egress,) = find_egresses(connection, NOW)

    assert (2, NOW + HOUR, 6, 2) == (egress.process, egress.ended_at, egress.passes, egress.limited)
