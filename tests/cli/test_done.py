"""Items of the plan that the owner marks as done from the command line."""

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor.cli.runtime import done_file
from auditor.model.report import Report, Status
from tests import builders as b
from tests.cli.conftest import SECRETS, Cli, FakeAudit, Ran
from tests.cli.conftest import report_of as report_of_readings
from tests.plan.test_steps import report_of

TODAY = datetime.now(UTC).date()
ORDERS = ((0, "o1", "BTC-USDT"), (1, "o2", "ETH-USDT"))


@pytest.fixture
def plan(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run ``audit plan`` for an account, with the key there again: a command takes it out of the environment."""

    def run(*arguments: str) -> Ran:
        for name, value in SECRETS.items():
            monkeypatch.setenv(name, value)
        return cli("plan", "--exchange", "okx", *arguments)

    return run


@pytest.fixture
def two_orders(fake: FakeAudit) -> Report:
    fake.report = report_of(b.order(subject="o1"), b.order(subject="o2", market="ETH-USDT"))
    return fake.report


def stored(here: Path) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = json.loads((here / "home" / "done.json").read_text())["notes"]
    return notes


def boxes(text: str) -> dict[str, bool]:
    """Return whether each item of a plan in the terminal is ticked, by its number."""
    lines = [line.split() for line in text.splitlines() if line.startswith(("  [x]", "  [ ]"))]
    return {words[1] if words[0] == "[x]" else words[2]: words[0] == "[x]" for words in lines}


def test_what_the_owner_marks_is_ticked_with_the_day_and_left_in_the_plan(plan: Cli, two_orders: Report) -> None:
    ran = plan("--done", "1.2")

    assert {"1.1": False, "1.2": True} == {number: boxes(ran.out)[number] for number in ("1.1", "1.2")}
    assert "you said so on" in " ".join(ran.out.split())
    assert "the next check confirms" in " ".join(ran.out.split())
    assert "Marked as done: 1.2 " in ran.err


def test_a_mark_changes_neither_the_verdict_nor_the_exit_code(plan: Cli, two_orders: Report) -> None:
    before, after = plan(), plan("--done", "1")

    assert (1, 1) == (before.code, after.code)
    assert before.out.splitlines()[1] == after.out.splitlines()[1]


def test_a_mark_stays_with_what_it_is_about_when_numbers_change(plan: Cli, fake: FakeAudit, two_orders: Report) -> None:
    plan("--done", "1.2")
    nothing = b.reading(b.bot(), surface="bots")
    orders = (b.reading(b.order(subject=s, market=m), surface=f"surface-{i}") for i, s, m in ORDERS)
    fake.report = report_of_readings(nothing, *orders)

    ran = plan()

    assert {"1.1": False, "2.1": False, "2.2": True} == {n: boxes(ran.out)[n] for n in ("1.1", "2.1", "2.2")}


def test_a_whole_step_can_be_marked_and_a_mark_taken_back(plan: Cli, here: Path, two_orders: Report) -> None:
    plan("--done", "1")
    assert 2 == len(stored(here))

    ran = plan("--not-done", "1.1")

    assert {"1.1": False, "1.2": True} == {number: boxes(ran.out)[number] for number in ("1.1", "1.2")}
    assert 1 == len(stored(here))


def test_a_point_to_check_in_the_app_becomes_an_attestation_with_its_day(
    plan: Cli, fake: FakeAudit, here: Path, two_orders: Report
) -> None:
    number = next(n for n, done in boxes(plan().out).items() if n.startswith("2."))
    assert f"Marked as done: {number} " in plan("--done", number).err
    (note,) = stored(here)

    plan()

    (attest,) = fake.asked.decisions.attests
    assert ("okx", TODAY, TODAY + timedelta(days=90)) == (attest.exchange, attest.on, attest.until)
    assert note["key"] == f"requirement/okx/{attest.requirement}"
    manual = {line.id for line in fake.report.requirements if line.status is Status.MANUAL}
    assert attest.requirement in manual


def test_a_mark_of_another_account_does_not_count(plan: Cli, fake: FakeAudit, two_orders: Report) -> None:
    plan("--done", "1")
    fake.report = report_of(b.order(subject="o1"), uid="43")

    assert not boxes(plan().out)["1.1"]


def test_a_mark_ends_when_it_is_too_old() -> None:
    note = done_file.DoneNote(
        key="move/main/k",
        exchange="okx",
        uid="42",
        by="Ada",
        on=date(2026, 3, 1),
        until=b.NOW.date() - timedelta(days=1),
    )

    assert {} == done_file.days([note], report_of())
    assert {note.key: date(2026, 3, 1)} == done_file.days(
        [note.model_copy(update={"until": b.NOW.date()})], report_of()
    )


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("9", "There is no step 9: this plan has the steps 1 to 5."),
        ("1.7", "There is no item 1.7: step 1 has 2 items."),
        ("1.x", "'1.x' is not the number of an item. Write 4.2, or 4 for all of step 4."),
        ("all", "'all' is not the number of an item."),
    ],
)
def test_a_number_that_the_plan_does_not_have_is_told_with_those_it_has(
    plan: Cli, here: Path, two_orders: Report, number: str, message: str
) -> None:
    ran = plan("--done", number)

    assert (2, "") == (ran.code, ran.out)
    assert message in ran.err
    assert not (here / "home" / "done.json").exists()


def test_the_notes_are_for_the_owner_alone(plan: Cli, here: Path, two_orders: Report) -> None:
    plan("--done", "1")

    if os.name == "posix":
        assert 0o600 == (here / "home" / "done.json").stat().st_mode & 0o777


def test_a_demo_keeps_no_notes_and_reads_none(plan: Cli, cli: Cli, here: Path, two_orders: Report) -> None:
    plan("--done", "1")
    kept = stored(here)

    assert boxes(cli("plan", "--demo", "messy", "--done", "1.2").out)["1.2"]
    assert kept == stored(here)
    assert not boxes(cli("plan", "--demo", "messy").out)["1.1"]


@pytest.mark.parametrize("content", ["", "[]", '{"notes": [{"key": 1}]}'])
def test_notes_that_cannot_be_understood_are_told_and_left_alone(
    plan: Cli, here: Path, two_orders: Report, content: str
) -> None:
    file = here / "home" / "done.json"
    file.parent.mkdir()
    file.write_text(content)

    ran = plan("--done", "1")

    assert (2, content) == (ran.code, file.read_text())
    assert "does not hold notes of this program. Delete it" in ran.err


def test_a_point_about_a_sub_account_is_confirmed_under_its_whole_name() -> None:
    note = done_file.DoneNote(
        key="requirement/okx/unread-main/alice-fixed", exchange="okx", uid="", by="owner", on=TODAY, until=TODAY
    )

    assert ["unread-main/alice-fixed"] == [attest.requirement for attest in done_file.attestations([note])]


def test_a_mark_does_not_pass_to_another_account_that_takes_the_name(two_orders: Report) -> None:
    note = done_file.DoneNote(
        key="holding/main/orders//o1", exchange="okx", uid="42", by="owner", on=TODAY, until=TODAY
    )
    (account,) = two_orders.accounts
    renamed = replace(account, snapshot=replace(account.snapshot, name="first"))
    other = replace(account, snapshot=replace(account.snapshot, uid="43"))

    assert {note.key: TODAY} == done_file.days([note], two_orders)
    assert {} == done_file.days([note], replace(two_orders, accounts=(renamed, other)))
