"""The archive of an account at Bybit, compared with the story of its demo account."""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from yarl import URL

from auditor import demo
from auditor.archive import verify as verifying
from auditor.archive.document import facts_in, read_document
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus, Outcome, ProofKind, judge
from auditor.archive.proof import prove
from auditor.archive.raw import RawAnswer, answers, member, places
from auditor.archive.session import archive_table
from auditor.archive.state import State
from auditor.archive.verify import verify
from auditor.demo.bybit.story import FUNDING, UNIFIED
from auditor.demo.faults import Call, Reply
from auditor.exchanges.registry import load
from auditor.i18n import Translator
from auditor.transport.guard import AllowList, NotAllowedError
from tests.archive.archiving import Doubts, rows_of, served
from tests.archive.bybit_archiving import archived, exchange, make, told
from tests.archive.test_exports import koinly_sums, rotki_sums, sums
from tests.archive.test_resume import KilledError

ALLOWED = (Path(__file__).parent / "allowlists/bybit.txt").read_text().splitlines()
WRITTEN = [line for line in ALLOWED if line.startswith(("GET", "POST"))]
OPENED = "/fht/compliance/tax/v3/private/registertime"
LEDGERS = {"funding-ledger": FUNDING, "unified-ledger": UNIFIED}


@dataclass(frozen=True)
class Made:
    """An archive, what it was made from, and what was asked for it."""

    archive: Archive
    account: demo.Account
    calls: list[demo.Call]

    @property
    def folder(self) -> Path:
        return self.archive.folder


@pytest.fixture(scope="module")
def young(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The archive of an account that is younger than all that Bybit gives."""
    with served(told()) as (configured, server):
        table = exchange(whole=True)
        return Made(make(configured, tmp_path_factory.mktemp("young"), table), told(), server.calls)


def newest_balances(account: demo.Account, path: str) -> dict[str, Decimal]:
    coin, after = ("currency", "afterAmt" if path == FUNDING else "cashBalance")
    return {str(row[coin]): Decimal(row[after]) for row in reversed(account.books[path])}


def test_an_account_younger_than_every_reach_is_complete(young: Made) -> None:
    outcome = young.archive.outcome

    assert (ArchiveStatus.COMPLETE, ProofKind.DERIVED) == (outcome.status, outcome.kind)
    assert Doubts((), ()) == Doubts.of(outcome)


def test_the_balances_are_those_of_the_story_digit_for_digit(young: Made) -> None:
    found: dict[str, dict[str, Decimal]] = {"funding": {}, "unified": {}}
    for row in rows_of(young.folder, "balances.csv"):
        found[row["wallet"]][row["asset"]] = Decimal(row["closing"])

    assert newest_balances(young.account, FUNDING) == found["funding"]
    assert newest_balances(young.account, UNIFIED) == found["unified"]


def test_every_row_of_both_ledgers_is_there_once_and_in_order(young: Made) -> None:
    rows = rows_of(young.folder, "ledger.csv")
    times = [int(row["exchange_time"]) for row in rows]
    told_times = Counter(int(row["transactionTime"]) for row in young.account.books[UNIFIED])
    told_times.update(int(row["createTime"]) * 1000 for row in young.account.books[FUNDING])

    assert told_times == Counter(times)
    assert times == sorted(times)


def test_a_fee_in_a_third_coin_and_a_contract_have_kinds_of_their_own(young: Made) -> None:
    kinds = {(row["kind"], row["subtype"]) for row in rows_of(young.folder, "ledger.csv") if row["type"] == "TRADE"}

    assert {"fee", "trade", "pnl"} == {kind for kind, _category in kinds}
    assert {"spot"} == {category for kind, category in kinds if kind != "pnl"}


def test_fills_are_those_of_the_story(young: Made) -> None:
    rows = young.account.books["/v5/execution/list"]
    assert Counter(row["execId"] for row in rows) == Counter(
        row["trade_id"] for row in rows_of(young.folder, "fills.csv")
    )


def test_exports_add_up_to_the_story(young: Made) -> None:
    moved = [row for row in rows_of(young.folder, "ledger.csv") if row["kind"] in {"earn_in", "earn_out"}]
    balances = [*newest_balances(young.account, FUNDING).items(), *newest_balances(young.account, UNIFIED).items()]
    expected = sums(
        [
            *((coin, str(amount)) for coin, amount in balances),
            *((row["asset"], str(-Decimal(row["change"]))) for row in moved),
        ]
    )

    assert expected == koinly_sums(young.folder / "data/exports")
    assert expected == rotki_sums(young.folder / "data/exports")


def test_a_sealed_archive_verifies(young: Made) -> None:
    with patch.object(verifying, "load", lambda _id: exchange(whole=True)):
        assert ArchiveStatus.COMPLETE == verify(young.folder).outcome.status


def test_nothing_is_asked_but_the_key_the_lists_and_the_balances(young: Made) -> None:
    written = {line.rpartition(" ")[2] for line in WRITTEN}
    never = {"/v5/market/time", "/v5/system/status"}

    assert written - never == {f"/{call.path.lstrip('/')}" for call in young.calls} - never


def test_what_an_archive_may_send_is_what_was_written_down_by_hand() -> None:
    table = archive_table(load("bybit"))
    asked = {
        (one.method, "api.bybit.com", f"/{one.full_path(table.api.prefix).lstrip('/')}") for one in table.endpoints()
    }

    assert {tuple(line.split()) for line in WRITTEN} == asked


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/fht/compliance/tax/v3/private/create"),
        ("POST", "/v5/fht/compliance/tax/private/batch_create"),
        ("POST", "/v5/asset/exchange/quote-apply"),
        ("POST", "/v5/asset/transfer/inter-transfer"),
        ("GET", OPENED),
    ],
)
def test_nothing_that_makes_the_exchange_do_something_is_let_out(method: str, path: str) -> None:
    allow = AllowList.of(archive_table(load("bybit")), ("https://api.bybit.com",))
    with pytest.raises(NotAllowedError):
        allow.check_request(method, URL(f"https://api.bybit.com{path}"))


def test_an_account_older_than_its_ledger_is_partial_and_says_which_quarters_are_missing(tmp_path: Path) -> None:
    made = archived(told(days=90), tmp_path, exchange(100, back=50), translate=Translator("zh"))

    assert (ArchiveStatus.PARTIAL, ()) == (made.outcome.status, Doubts.of(made.outcome).faults)
    assert {"funding-ledger": [], "unified-ledger": ["2026 Q3", "2026 Q4"]} == {
        ledger: list(quarters) for ledger, quarters in made.outcome.quarters.items()
    }
    assert "统一交易账户" in (made.folder / "data/REPORT.md").read_text()


def opened(seconds: int) -> demo.Account:
    return told(events=20).with_(key={**told(events=20).key, "_registerTime": str(seconds)})


def test_an_account_older_than_the_funding_ledger_is_known_to_go_back_is_partial(tmp_path: Path) -> None:
    outcome = archived(opened(1_634_515_200), tmp_path).outcome

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, Doubts.of(outcome).faults)
    assert "2021 Q4" == outcome.quarters["funding-ledger"][0]


def test_an_account_of_which_nothing_says_how_old_it_is_is_partial(tmp_path: Path) -> None:
    def refuse(call: Call) -> Reply | None:
        body = json.dumps({"retCode": 10005, "retMsg": "Permission denied", "result": {}}).encode()
        return Reply(body=body) if call.path == OPENED else None

    outcome = archived(told(events=20), tmp_path, fault=refuse).outcome

    assert ArchiveStatus.PARTIAL == outcome.status
    assert ["When the account was opened could not be read: it may be older than its ledgers go back."] == list(
        map(str, outcome.gaps)
    )


def test_a_window_of_more_than_seven_days_is_refused_by_the_demo(tmp_path: Path) -> None:
    table = exchange()
    assert table.history is not None
    ledger = table.history.ledgers[1]
    assert ledger.endpoint.windows is not None
    wide = replace(ledger.endpoint, windows=replace(ledger.endpoint.windows, span=timedelta(days=8)))
    history = replace(table.history, ledgers=(table.history.ledgers[0], replace(ledger, endpoint=wide)))
    outcome = archived(told(events=20), tmp_path, replace(table, history=history)).outcome

    assert ArchiveStatus.COMPLETE != outcome.status


Edit = Callable[[list[Any]], list[Any]]
AMOUNTS = ("change", "cashBalance", "txnAmt", "afterAmt")


def altered(name: int) -> Edit:
    def edit(rows: list[Any]) -> list[Any]:
        present = [one for one in AMOUNTS if one in rows[0]]
        amount = Decimal(rows[0][present[name]]) + Decimal("1E-18")
        return [{**rows[0], present[name]: format(amount, "f")}, *rows[1:]]

    return edit


FAULTS: Mapping[str, Edit] = {
    "lost": lambda rows: rows[1:],
    "the last one lost": lambda rows: rows[:-1],
    "all lost": lambda _rows: [],
    "twice": lambda rows: [rows[0], *rows],
    "another change": altered(0),
    "another balance": altered(1),
    "no coin": lambda rows: [{**rows[0], "currency": ""}, *rows[1:]],
    "no amount": lambda rows: [{**rows[0], "change": None, "txnAmt": None}, *rows[1:]],
    "another coin": lambda rows: [{**rows[0], "currency": "DOGE"}, *rows[1:]],
    "a text": lambda rows: ["a text", *rows[1:]],
}


def rows_in(body: Any) -> list[Any]:
    result: dict[str, list[Any]] = body["result"]
    return result.get("list", result.get("rows", []))


def with_rows(body: Any, rows: list[Any]) -> Any:
    name = "list" if "list" in body["result"] else "rows"
    return {**body, "result": {**body["result"], name: rows}}


@dataclass(frozen=True)
class Struck:
    """A file of raw answers, one of which is altered: of those with rows, the one with this number."""

    file: Path
    number: int
    edit: Edit

    def strike(self) -> None:
        kept = [answer for _line, answer in answers(self.file, places(self.file))][::-1]
        numbers = [number for number, answer in enumerate(kept) if rows_in(json.loads(answer.body))]
        number = numbers[self.number % len(numbers)]
        body = json.loads(kept[number].body)
        edited = json.dumps(with_rows(body, self.edit(rows_in(body))))
        kept[number] = RawAnswer(
            **{**{name: getattr(kept[number], name) for name in RawAnswer.__slots__}, "body": edited}
        )
        self.file.write_bytes(b"".join(map(member, kept)))


def judged(folder: Path, to: Path) -> Outcome:
    """What raw answers come to once more."""
    table, facts = exchange(whole=True), facts_in(read_document(folder))
    return judge(facts, prove(folder, table, to, facts), table)


@pytest.fixture(scope="module")
def copied(young: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("struck") / "archive"
    shutil.copytree(young.folder, folder)
    return folder


def test_what_is_not_struck_is_complete(copied: Path, tmp_path: Path) -> None:
    assert ArchiveStatus.COMPLETE == judged(copied, tmp_path).status


def fault_of(list_id: str, fault: str, number: int) -> str:
    assert (list_id in LEDGERS, number >= 0) == (True, True)
    return fault


@pytest.mark.campaign(one_per=fault_of)
@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("list_id", LEDGERS)
def test_an_archive_is_never_complete_with_a_fault_in(
    list_id: str, fault: str, number: int, copied: Path, tmp_path: Path
) -> None:
    """Nothing but one answer about one ledger is another."""
    (file,) = (copied / "data/raw" / list_id).glob("*.gz")
    before = file.read_bytes()
    Struck(file, number, FAULTS[fault]).strike()
    outcome = judged(copied, tmp_path)
    file.write_bytes(before)

    assert ArchiveStatus.COMPLETE != outcome.status


def without_one(rows: list[Any]) -> list[Any]:
    """Leave out a trade, deposit or withdrawal: funding fees are fills too, whose rows have a type of their own."""
    lost = next(row for row in rows if row.get("execType") in {None, "Trade"})
    return [row for row in rows if row is not lost]


@pytest.mark.parametrize(
    ("list_id", "page"),
    [("fills-spot", 0), ("fills-linear", 1), ("deposits", 0), ("internal-deposits", 0), ("withdrawals", 0)],
)
def test_an_archive_is_never_complete_without_a_row_beside_the_ledgers(
    list_id: str, page: int, copied: Path, tmp_path: Path
) -> None:
    """No order here has two fills, so that each fill, deposit and withdrawal is the only witness of a ledger's row."""
    (file,) = (copied / "data/raw" / list_id).glob("*.gz")
    before = file.read_bytes()
    Struck(file, page, without_one).strike()
    outcome = judged(copied, tmp_path)
    file.write_bytes(before)

    assert ArchiveStatus.COMPLETE != outcome.status


def emptied(body: Any) -> Any:
    return with_rows(body, [])


def without_cursor(body: Any) -> Any:
    return {**body, "result": {**body["result"], "nextPageCursor": ""}}


def cut_short(body: Any) -> Any:
    return with_rows(body, rows_in(body)[:-1])


@pytest.mark.usefixtures("without_exports")
@pytest.mark.campaign(one_of=2)
@pytest.mark.parametrize("fault", [emptied, without_cursor, cut_short], ids=lambda fault: str(fault.__name__))
@pytest.mark.parametrize("path", LEDGERS.values())
def test_a_ledger_that_is_served_with_a_fault_never_ends_complete(
    path: str, fault: Callable[[Any], Any], tmp_path: Path
) -> None:
    """Every full page of it, as an exchange would answer that loses rows."""
    struck = 0

    def strike(call: Call) -> Reply | None:
        def edit(body: Any) -> Any:
            nonlocal struck
            # Every answer with rows that names another page.
            is_struck = bool(rows_in(body)) and bool(body["result"].get("nextPageCursor"))
            struck += is_struck
            return fault(body) if is_struck else body

        return Reply(edit=edit) if f"/{call.path.lstrip('/')}" == path else None

    many = told(events=700, days=20)
    outcome = archived(many, tmp_path, fault=strike).outcome

    assert struck
    assert ArchiveStatus.COMPLETE != outcome.status


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data/tables").iterdir()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return tables(archived(told(events=40), tmp_path_factory.mktemp("undisturbed")).folder)


@pytest.mark.usefixtures("without_exports")
@pytest.mark.campaign(one_of=50)
@pytest.mark.parametrize("seed", range(50))
def test_a_run_that_is_killed_goes_on_and_comes_to_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: dict[str, bytes], seed: int
) -> None:
    commits = iter(range(Random(seed).randrange(2, 60)))
    commit = State.commit

    def killed(*arguments: Any, **more: Any) -> None:
        if next(commits, None) is None:
            raise KilledError
        commit(*arguments, **more)

    with served(told(events=40)) as (account, _exchange):
        with monkeypatch.context() as patched:
            patched.setattr(State, "commit", killed)
            with pytest.raises(KilledError):
                make(account, tmp_path)
        made = make(account, tmp_path)

    assert ArchiveStatus.COMPLETE == made.outcome.status
    assert undisturbed == tables(made.folder)
