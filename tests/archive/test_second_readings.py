"""Archives that go on days later: what the exchange gives no more by then was seen, and is in the archive."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import MagicMock

import pytest

from auditor import demo
from auditor.archive import run
from auditor.archive.fetch import ListFetch
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus
from auditor.archive.raw import answers, places
from auditor.archive.state import State
from auditor.archive.verify import verify
from auditor.demo.faults import Call, Reply
from auditor.demo.okx import story
from tests.archive import archiving, binance_archiving, coinbase_archiving
from tests.archive.archiving import rows_of, served
from tests.slow_tests import first_of

Rows = list[dict[str, Any]]


class KilledError(BaseException):
    """Stands for kill -9."""


@dataclass(frozen=True)
class Case:
    """A list of an exchange. ``pending``, ``failed``: fields of a row under way, or of one that came to nothing.

    ``of``: whether a row is one of those that the tests change.
    """

    account: Callable[[], demo.Account]
    make: Callable[..., Archive]
    path: str
    list: str
    id: str
    pending: Mapping[str, Any]
    failed: Mapping[str, Any]
    of: Callable[[Mapping[str, Any]], bool] = lambda _row: True

    def rows(self) -> Rows:
        return [dict(row) for row in self.account().books[self.path]]

    def with_rows(self, rows: Rows) -> demo.Account:
        account = self.account()
        return account.with_(books={**account.books, self.path: rows})

    def newest(self, rows: Rows) -> dict[str, Any]:
        return max(filter(self.of, rows), key=self.time)

    def oldest(self, rows: Rows) -> dict[str, Any]:
        return min(filter(self.of, rows), key=self.time)

    def time(self, row: Mapping[str, Any]) -> str:
        return str(next(row[name] for name in ("ts", "insertTime", "created_at") if name in row))

    def under_way(self, **state: Any) -> demo.Account:
        """The account while its newest row of the list is under way, or in another state."""
        rows = self.rows()
        self.newest(rows).update(state or self.pending)
        return self.with_rows(rows)

    def rolled(self) -> demo.Account:
        """The account when its row is through, and the list no longer goes back to the oldest one."""
        rows = self.rows()
        rows.remove(self.oldest(rows))
        return self.with_rows(rows)


OKX = Case(
    lambda: archiving.told(events=120, days=40),
    archiving.make,
    story.DEPOSITS,
    "deposits",
    "depId",
    {"state": "0"},
    {"state": "-1"},
)
OKX_WITHDRAWALS = replace(OKX, path=story.WITHDRAWALS, list="withdrawals", id="wdId")
BINANCE = Case(
    lambda: binance_archiving.told(events=60),
    binance_archiving.make,
    "sapi/v1/capital/deposit/hisrec",
    "deposits",
    "id",
    {"status": 0},
    {"status": 2},
)
COINBASE = Case(
    lambda: coinbase_archiving.told(events=24),
    coinbase_archiving.make,
    "/v2/accounts/{account_id}/transactions",
    "transactions",
    "id",
    {"status": "pending"},
    {"status": "failed"},
    lambda row: row["type"] == "fiat_deposit",
)
KEPT = "that the exchange no longer gave"
CASES = {"okx": OKX, "binance": BINANCE, "coinbase": COINBASE}
"""A list by ids beside a ledger, and lists by windows and by tokens whose rows are added up."""


def broken_off(case: Case, account: demo.Account, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that read everything and was killed before it sealed."""
    with monkeypatch.context() as patched, served(account) as (configured, _exchange):
        patched.setattr(run, "finish", MagicMock(side_effect=KilledError))
        with pytest.raises(KilledError):
            case.make(configured, to)


def goes_on(case: Case, account: demo.Account, to: Path, fault: demo.Fault | None = None) -> Archive:
    with served(account, fault=fault) as (configured, _exchange):
        return case.make(configured, to)


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data/tables").iterdir()}


def ids_in(folder: Path) -> str:
    """Every id of the ledger and of movements, in one text."""
    return " ".join(row["id"] for table in ("ledger", "movements") for row in rows_of(folder, f"{table}.csv"))


@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize("name", first_of(CASES))
def test_a_list_read_anew_keeps_rows_that_the_exchange_no_longer_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    case = CASES[name]
    broken_off(case, case.under_way(), tmp_path, monkeypatch)
    made = goes_on(case, case.rolled(), tmp_path)

    assert (ArchiveStatus.COMPLETE, ()) == (made.outcome.status, made.outcome.gaps)
    assert [] == [row[case.id] for row in case.rows() if case.of(row) and row[case.id] not in ids_in(made.folder)]
    assert ["000-000.jsonl.gz"] == sorted({path.name for path in made.folder.rglob("earlier/*.gz")})
    assert [1] == [int(str(note).rpartition(" ")[2].rstrip(".")) for note in made.outcome.notes if KEPT in str(note)]


@pytest.mark.slow("four archives")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.campaign(one_of=20)
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("name", CASES)
def test_a_killed_second_reading_loses_nothing_and_comes_to_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, seed: int
) -> None:
    case, commit = CASES[name], State.commit
    undisturbed = goes_on(case, case.account(), tmp_path / "undisturbed")
    broken_off(case, case.under_way(), tmp_path, monkeypatch)
    for kill in range(2):
        commits = iter(range(Random(f"{seed} {kill}").randrange(30)))

        def killed(*arguments: Any, left: Any = commits, **more: Any) -> None:
            if next(left, None) is None:
                raise KilledError
            commit(*arguments, **more)

        with monkeypatch.context() as patched, suppress(KilledError):
            patched.setattr(State, "commit", killed)
            goes_on(case, case.account(), tmp_path)
    made = goes_on(case, case.account(), tmp_path)

    assert ArchiveStatus.COMPLETE is made.outcome.status
    assert tables(undisturbed.folder) == tables(made.folder)
    assert [] == list(made.folder.rglob("earlier"))


@pytest.mark.slow("three archives")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize("name", CASES)
def test_a_second_reading_that_is_refused_for_good_loses_nothing_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    case = CASES[name]
    path = case.path.partition("{")[0].strip("/")

    def refuse(call: Call) -> Reply | None:
        is_it = path in call.path and call.path.endswith(case.path.rpartition("/")[2])
        return Reply(status=403, body=b"{}") if is_it else None

    broken_off(case, case.under_way(), tmp_path, monkeypatch)
    first = goes_on(case, case.account(), tmp_path, refuse)
    made = goes_on(case, case.account(), tmp_path, refuse)

    assert (ArchiveStatus.UNFINISHED, ArchiveStatus.PARTIAL) == (first.outcome.status, made.outcome.status)
    assert [] == [row[case.id] for row in case.rows() if row[case.id] not in raw_text(made.folder, case)]


def raw_text(folder: Path, case: Case) -> str:
    """What was kept of a list, in one text."""
    files = sorted(folder.glob(f"data/raw/{case.list}*/**/*.gz"))
    return " ".join(answer.body for path in files for _line, answer in answers(path, places(path)))


@pytest.mark.slow("two archives each")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize(("name", "amount"), [("okx", "amt"), ("binance", "amount")])
def test_a_row_that_could_not_be_read_while_it_was_under_way_is_no_doubt_when_it_is_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, amount: str
) -> None:
    case = CASES[name]
    broken_off(case, case.under_way(**case.pending, **{amount: ""}), tmp_path, monkeypatch)
    made = goes_on(case, case.rolled(), tmp_path)

    assert (ArchiveStatus.COMPLETE, ()) == (made.outcome.status, made.outcome.gaps)


@pytest.mark.slow("an archive with its exports")
def test_an_archive_with_an_earlier_reading_verifies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken_off(OKX, OKX.under_way(), tmp_path, monkeypatch)
    made = goes_on(OKX, OKX.rolled(), tmp_path)

    assert made.outcome.status is verify(made.folder).outcome.status


@pytest.mark.slow("two archives")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize(("state", "expected"), [("pending", True), ("failed", False)])
@pytest.mark.parametrize("case", [OKX_WITHDRAWALS, BINANCE], ids=["okx", "binance"])
def test_a_list_is_read_anew_for_a_row_under_way_and_not_for_one_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: Case, state: str, *, expected: bool
) -> None:
    """At Coinbase, whose lists promise no order, all are read anew."""
    read: list[str] = []

    async def noted(fetch: ListFetch) -> None:
        read.append(fetch.ledger.id)
        await anew(fetch)

    anew = ListFetch.anew
    account = case.under_way(**getattr(case, state))
    broken_off(case, account, tmp_path, monkeypatch)
    monkeypatch.setattr(ListFetch, "anew", noted)
    goes_on(case, account, tmp_path)

    assert expected == (case.list in read)
