"""The commands that change the list of a fleet, as an operator types them."""

from pathlib import Path

import pytest

from auditor.fleet.accounts import find
from auditor.history.database_url import Location
from auditor.history.store import History
from tests.cli.conftest import Cli

HERE = ("--history", "fleet.sqlite3")


@pytest.fixture(autouse=True)
def accounts(here: Path) -> None:
    (here / "accounts.csv").write_text("name,exchange,egress,tags\na,okx,fra-1,fund\nb,okx,fra-1,\n", encoding="utf-8")


def test_accounts_are_added_asked_for_and_removed_by_command(cli: Cli) -> None:
    said = [
        cli("fleet", *words.split(), *HERE)
        for words in ("add accounts.csv --spread 1d", "add accounts.csv", "now b", "remove --tag fund")
    ]

    assert [
        (0, "2 accounts added.\n"),
        (0, "0 accounts added. 2 were known and are up to date.\n"),
        (0, "1 account will be checked now, or five minutes after its last check.\n"),
        (0, "1 account will be checked no more. What was seen of it stays.\n"),
    ] == [(outcome.code, outcome.out) for outcome in said]
    with History(Location(file=Path("fleet.sqlite3"))) as history, history.reading() as connection:
        assert ["b"] == [account.name for account in find(connection)]


@pytest.mark.parametrize("command", ["now", "remove"])
def test_no_account_is_meant_by_saying_none(cli: Cli, command: str) -> None:
    assert 2 == cli("fleet", command, *HERE).code


def test_a_kind_of_accounts_that_no_account_is_of_is_told(cli: Cli) -> None:
    cli("fleet", "add", "accounts.csv", *HERE)

    outcome = cli("fleet", "now", "--verdict", "clean", *HERE)

    assert (2, "audit: No account of the fleet is of this kind.\n") == (outcome.code, outcome.err)


@pytest.mark.slow("a whole fleet")
def test_a_demo_of_a_fleet_ends_when_all_are_ready(cli: Cli) -> None:
    outcome = cli("fleet", "demo", "--accounts", "1")

    lines = outcome.out.splitlines()
    assert (0, "") == (outcome.code, outcome.err)
    assert "Accounts at an embedded exchange: 1. Workers: 1. An hour is six seconds." == lines[0]
    assert "1 of 1 account ready and confirmed" in outcome.out
    assert "All of it is over." in lines
    assert "Accounts by tag" in lines


def test_a_demo_of_a_fleet_touches_no_history_that_is_in_use(cli: Cli) -> None:
    cli("fleet", "add", "accounts.csv", *HERE)

    assert (2, "audit: A demo needs a history of its own: an empty database.\n") == (
        (outcome := cli("fleet", "demo", *HERE)).code,
        outcome.err,
    )
