"""Faults in each ledger: a row or a page lost, doubled, altered, out of order: never unnoticed, and never complete."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from auditor import demo
from auditor.archive import comparison
from auditor.archive.outcome import ArchiveStatus
from auditor.demo.faults import Call, Reply
from auditor.demo.okx.story import FUNDING, TRADING
from tests.archive.archiving import LISTS, NOW, archived, is_noticed, rows_of, told
from tests.archive.striking import Edit, Rows, Striking, alter, as_float, blank, double, lose, swap

pytestmark = pytest.mark.usefixtures("without_exports")

PLACES = (0, 1, 37, 98, 99)
"""Rows of a page that a fault strikes: both edges, beside them, and within."""


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare balances twice, not five times, where they do not agree."""
    monkeypatch.setattr(comparison, "ATTEMPTS", 2)


ROW_FAULTS = {
    "lost": lose,
    "doubled": double,
    "out of order": swap,
    "another balance": alter("bal"),
    "another change": alter("balChg"),
    "a float": as_float("bal"),
    "no balance": blank("bal"),
    "no coin": blank("ccy"),
    "no id": blank("billId"),
}


@pytest.mark.campaign(one_of=30)
@pytest.mark.parametrize("page", [0, 1])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("fault", ROW_FAULTS)
@pytest.mark.parametrize("path", LISTS)
def test_a_fault_in_a_row_is_noticed_or_mended(tmp_path: Path, path: str, fault: str, place: int, page: int) -> None:
    """The row where two pages overlap comes twice, so that it is there although one of them lost it."""
    account, striking = told(), Striking(path, page, ROW_FAULTS[fault](place))
    made = archived(account, tmp_path, fault=striking)

    assert striking.struck
    assert is_noticed(made.outcome) or is_whole(made.folder, account)


def older_page(rows: Rows) -> Rows:
    """The page after the one that was asked for: a whole page is lost."""
    return [{**row, "billId": str(int(row["billId"]) - 100)} for row in rows]


def foreign(rows: Rows) -> Rows:
    """A page of another account, whose balances are its own."""
    return [{**row, "bal": format(Decimal(row["bal"]) * 2 + 1, "f")} for row in rows]


PAGE_FAULTS: dict[str, Edit] = {
    "short": lambda rows: rows[:40],
    "short at its beginning": lambda rows: rows[40:],
    "empty": lambda rows: rows[:0],
    "another": older_page,
    "of another account": foreign,
}


@pytest.mark.slow("an archive each")
@pytest.mark.campaign(one_of=5)
@pytest.mark.parametrize("page", [0, 1])
@pytest.mark.parametrize("fault", PAGE_FAULTS)
@pytest.mark.parametrize("path", LISTS)
def test_a_fault_in_a_page_is_noticed_or_mended(tmp_path: Path, path: str, fault: str, page: int) -> None:
    """A page that is merely short is read on from its last row, so that nothing is missing."""
    account = told()
    made = archived(account, tmp_path, fault=Striking(path, page, PAGE_FAULTS[fault]))

    assert is_noticed(made.outcome) or is_whole(made.folder, account)


def is_whole(folder: Path, account: demo.Account) -> bool:
    """Whether the table has every row of the story, digit for digit."""
    found = sorted((row["id"], row["change"], row["balance"]) for row in rows_of(folder, "ledger.csv"))
    return found == sorted((row["billId"], row["balChg"], row["bal"]) for path in LISTS for row in account.books[path])


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize("path", LISTS)
def test_a_first_page_that_comes_again_for_ever_is_noticed(tmp_path: Path, path: str) -> None:
    account = told()
    first = list(reversed(account.books[path]))[:100]

    def repeated(call: Call) -> Reply | None:
        return Reply(edit=lambda body: {**body, "data": first}) if call.path == path else None

    assert is_noticed(archived(account, tmp_path, fault=repeated).outcome)


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize("path", LISTS)
def test_a_reach_that_is_shorter_than_documented_shows_as_balances_that_were_there_before(
    tmp_path: Path, path: str
) -> None:
    account = told()
    short = account.with_rows(path, account.books[path][-130:])

    assert is_noticed(archived(short, tmp_path).outcome)


def test_a_row_that_is_lost_since_the_day_that_the_user_named_is_a_break(tmp_path: Path) -> None:
    """Whatever was asked for is there, so that a balance that does not follow contradicts."""
    account, since = told(events=60), NOW.replace(hour=0) - timedelta(days=50)
    rows = [row for row in account.books[FUNDING] if int(row["ts"]) > since.timestamp() * 1000]
    asset = Counter(row["ccy"] for row in rows).most_common(1)[0][0]
    lost = [row for row in rows if row["ccy"] == asset][1]
    rest = [row for row in account.books[FUNDING] if row is not lost]
    made = archived(account.with_rows(FUNDING, rest), tmp_path, since=since)

    assert (ArchiveStatus.DIFFERS, 1) == (made.outcome.status, made.outcome.exit_code)


@pytest.mark.parametrize("path", LISTS)
def test_a_row_that_arrives_while_paging_is_fetched_too(tmp_path: Path, path: str) -> None:
    """The rows and the balances change after the second page was asked for."""
    whole = told()
    earlier = whole.with_rows(path, whole.books[path][:-3])
    asked: list[str] = []

    def arriving(call: Call) -> Reply | None:
        asked.append(call.path)
        if call.path == path and asked.count(path) == 2:
            earlier.books[path].extend(whole.books[path][-3:])  # type: ignore[attr-defined]
        return None

    made = archived(earlier, tmp_path, fault=arriving)

    assert not is_noticed(made.outcome)
    assert is_whole(made.folder, whole)


@pytest.mark.slow("two archives each")
@pytest.mark.campaign(one_of=2)
@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (Reply(429, {"code": "50011", "data": [], "msg": "Too Many Requests"}), ArchiveStatus.UNFINISHED),
        (Reply(503, {"code": "50001", "data": [], "msg": "Service temporarily unavailable"}), ArchiveStatus.UNFINISHED),
        (Reply(401, {"code": "50113", "data": [], "msg": "Invalid Sign"}), ArchiveStatus.UNFINISHED),
        (Reply(cut=True), ArchiveStatus.UNFINISHED),
        (Reply(200, {"code": "50120", "data": [], "msg": "No permission"}), ArchiveStatus.PARTIAL),
    ],
    ids=["429", "503", "401", "cut", "no right"],
)
@pytest.mark.parametrize("path", [TRADING])
def test_a_refusal_midway_is_unfinished_and_the_same_command_goes_on(
    tmp_path: Path, path: str, reply: Reply, status: ArchiveStatus
) -> None:
    account = told()

    def refusing(call: Call) -> Reply | None:
        return reply if call.path == path and call.query.get("after") else None

    first = archived(account, tmp_path, fault=refusing)

    assert status is first.outcome.status
    assert is_noticed(first.outcome)
    if status is ArchiveStatus.UNFINISHED:
        again = archived(account, tmp_path)
        assert not is_noticed(again.outcome)
        assert is_whole(again.folder, account)


def test_newer_rows_that_are_refused_leave_the_archive_unfinished_and_contradict_nothing(tmp_path: Path) -> None:
    """The right to read the ledger is lost when it was read, while the balances are compared."""
    asked: list[str] = []

    def refusing(call: Call) -> Reply | None:
        asked.extend([call.path] if call.path == FUNDING and "after" not in call.query else [])
        refused = Reply(200, {"code": "50120", "data": [], "msg": "No permission"})
        return refused if call.path == FUNDING and len(asked) > 1 else None

    outcome = archived(told(events=60), tmp_path, fault=refusing).outcome

    assert (ArchiveStatus.UNFINISHED, ()) == (outcome.status, outcome.faults)


@pytest.mark.slow("an archive of its own")
def test_a_refusal_that_passes_leaves_no_trace(tmp_path: Path) -> None:
    struck: list[str] = []

    def once(call: Call) -> Reply | None:
        if call.path == FUNDING and call.query.get("after") and not struck:
            struck.append(call.path)
            return Reply(503, {"code": "50001", "data": [], "msg": "Service temporarily unavailable"})
        return None

    made = archived(told(), tmp_path, fault=once)

    assert (True, False) == (bool(struck), is_noticed(made.outcome))


def test_balances_that_are_not_those_of_the_rows_are_a_difference(tmp_path: Path) -> None:
    account = told()
    first, *others = account.books["asset/balances"]
    altered = account.with_rows("asset/balances", [{**first, "bal": "9"}, *others])
    outcome = archived(altered, tmp_path).outcome

    assert (ArchiveStatus.DIFFERS, 1) == (outcome.status, outcome.exit_code)
    assert any(first["ccy"] in str(fault) for fault in outcome.faults)


@pytest.mark.slow("an archive of its own")
def test_balances_that_cannot_be_read_leave_the_rows_unproved(tmp_path: Path) -> None:
    def unreadable(call: Call) -> Reply | None:
        return Reply(edit=lambda body: {**body, "data": [{"ccy": "BTC"}]}) if call.path == "asset/balances" else None

    outcome = archived(told(), tmp_path, fault=unreadable).outcome

    assert is_noticed(outcome)
    assert ArchiveStatus.PARTIAL is outcome.status


@pytest.mark.slow("an archive of its own")
def test_an_account_that_does_not_rest_is_told_so(tmp_path: Path) -> None:
    """A row comes each time that the newest rows are asked for."""
    account = told()
    rows = account.books[FUNDING]

    def moving(call: Call) -> Reply | None:
        if call.path == FUNDING and "after" not in call.query:
            last = rows[-1]
            more = {**last, "billId": str(int(last["billId"]) + 1), "balChg": "0"}
            rows.append(more)  # type: ignore[attr-defined]
        return None

    outcome = archived(account, tmp_path, fault=moving).outcome

    assert any("does not rest" in str(gap) for gap in outcome.gaps)
