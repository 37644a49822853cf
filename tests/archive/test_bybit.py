"""The archive of an account at Bybit, compared with the story of its demo account."""

import json
from collections import Counter
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
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus, ProofKind
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
from tests.archive.test_exports import BEAN_CHECK, bean_check, koinly_sums, rotki_sums, sums
from tests.archive.test_resume import KilledError

EXCHANGED = "/v5/asset/exchange/order-record"

ALLOWED = (Path(__file__).parent / "allowlists/bybit.txt").read_text().splitlines()
WRITTEN = [line for line in ALLOWED if line.startswith(("GET", "POST"))]
OPENED = "/fht/compliance/tax/v3/private/registertime"


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
    """And those of before the account became a Unified one, which a list of its own has."""
    rows = [*young.account.books["/v5/execution/list"], *young.account.books["/v5/pre-upgrade/execution/list"]]
    assert Counter(row["execId"] for row in rows) == Counter(
        row["trade_id"] for row in rows_of(young.folder, "fills.csv")
    )
    assert {"coin", ""} == {row["amount_unit"] for row in rows_of(young.folder, "fills.csv")}


def test_a_fill_names_its_rows_of_the_ledger(young: Made) -> None:
    """Both coins of a pair and a fee in a third one have one id, which is named once."""
    expected: dict[tuple[str, ...], set[str]] = {}
    for row in young.account.books[UNIFIED]:
        if row["tradeId"]:
            expected.setdefault((row["symbol"], row["orderId"], row["tradeId"]), set()).add(row["id"])
    fills = {
        (row["instrument"], row["order_id"], row["trade_id"]): set(row["ledger_ids"].split())
        for row in rows_of(young.folder, "fills.csv")
    }

    assert expected.keys() <= fills.keys()
    assert {key: expected.get(key, set()) for key in fills} == fills


def test_conversions_deposits_and_withdrawals_name_their_rows_of_the_ledger(young: Made) -> None:
    rows = {row["id"]: row for row in rows_of(young.folder, "ledger.csv")}
    moved = rows_of(young.folder, "movements.csv")
    changed = [row for row in rows_of(young.folder, "conversions.csv") if row["kind"] not in {"exchange", "dust"}]

    # P2P orders only explain.
    assert {"p2p"} == {row["kind"] for row in moved if not row["ledger_ids"]}
    assert [row["credited"] for row in moved if row["ledger_ids"]] == [
        rows[row["ledger_ids"]]["time"] for row in moved if row["ledger_ids"]
    ]
    assert changed
    assert [sorted((row["asset"], row["other_asset"])) for row in changed] == [
        sorted(rows[one]["asset"] for one in row["ledger_ids"].split()) for row in changed
    ]


PRODUCTS = {
    "/v5/earn/advance/order": ("orderId", "createdTime"),
    "/v5/earn/liquidity-mining/order": ("orderId", "createdTime"),
    "/v5/earn/liquidity-mining/yield-records": ("", "createdTime"),
    "/v5/earn/liquidity-mining/liquidation-records": ("", "liquidationTime"),
    "/v5/crypto-loan-fixed/borrow-order-info": ("orderId", "orderTime"),
    "/v5/crypto-loan-fixed/supply-order-info": ("orderId", "orderTime"),
    "/v5/crypto-loan-fixed/borrow-contract-info": ("loanId", "borrowTime"),
    "/v5/crypto-loan/borrow-history": ("orderId", "borrowTime"),
    "/v5/crypto-loan/repayment-history": ("repayId", "repayTime"),
    "/v5/crypto-loan/adjustment-history": ("adjustId", "adjustTime"),
}
"""Lists of the table of products: the field of a row's id, and that of its time."""


@pytest.mark.parametrize("path", PRODUCTS)
def test_loans_and_structured_products_stand_in_the_table_of_products(path: str, young: Made) -> None:
    number, time = PRODUCTS[path]
    found = Counter((row["id"], row["exchange_time"]) for row in rows_of(young.folder, "products.csv"))
    told_rows = young.account.books[path]
    times = Counter(moment for _id, moment in found.elements())

    assert told_rows
    for row in told_rows:
        assert times[str(row[time])] > 0
        assert not number or (str(row[number]), str(row[time])) in found


def test_coins_that_were_exchanged_before_the_list_of_conversions_begins_are_kept(young: Made) -> None:
    told_rows = {row["exchangeTxId"]: f"{row['createdTime']}000" for row in young.account.books[EXCHANGED]}
    rows = [row for row in rows_of(young.folder, "conversions.csv") if row["kind"] == "exchange"]

    assert told_rows == {row["id"]: row["exchange_time"] for row in rows}
    assert {("BTC", "0.100000000000000000", "ETH", "1.385866230000000000")} == {
        (row["asset"], row["amount"], row["other_asset"], row["other_amount"]) for row in rows
    }


def test_orders_of_before_the_upgrade_are_asked_for_where_there_were_trades(young: Made) -> None:
    path = "/v5/pre-upgrade/order/history"
    kept = {row["id"] for row in rows_of(young.folder, "orders.csv")}

    assert {"spot"} == {call.query["category"] for call in young.calls if call.path == path}
    assert {"spot", "linear", "inverse"} == {
        call.query["category"] for call in young.calls if call.path == "/v5/pre-upgrade/execution/list"
    }
    assert {row["orderId"] for row in young.account.books[path]} <= kept


def test_an_account_that_was_never_upgraded_and_never_borrowed_is_complete(tmp_path: Path) -> None:
    """What the exchange refuses with a code, and no row shows that it was used, leaves nothing open."""
    refused = ("/v5/pre-upgrade/execution/list", "/v5/crypto-loan/borrow-history", "/v5/earn/advance/order")
    body = {"retCode": 10005, "retMsg": "Permission denied", "result": {}, "time": 1}

    def refuse(call: Call) -> Reply | None:
        return Reply(200, body) if call.path in refused else None

    outcome = archived(told(), tmp_path, exchange(whole=True), fault=refuse).outcome

    assert (ArchiveStatus.COMPLETE, ()) == (outcome.status, Doubts.of(outcome).gaps)
    told_of = {str(note).partition(":")[0] for note in outcome.notes if "the exchange refused it" in str(note)}
    assert {"Fills before the upgrade (spot)", "Earlier loans", "Dual assets"} <= told_of


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
    assert BEAN_CHECK is None or bean_check(young.folder / "data/exports/bybit.beancount") == (0, "")


def test_a_sealed_archive_verifies(young: Made) -> None:
    with patch.object(verifying, "load", lambda _id: exchange(whole=True)):
        assert ArchiveStatus.COMPLETE == verify(young.folder).outcome.status


def test_nothing_is_asked_but_the_key_the_lists_and_the_balances(young: Made) -> None:
    written = {line.rpartition(" ")[2] for line in WRITTEN}
    never = {"/v5/market/time", "/v5/system/status"}

    assert written - never == {f"/{call.path.lstrip('/')}" for call in young.calls} - never


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


@pytest.mark.slow("an archive of its own")
def test_an_account_older_than_its_ledger_is_partial_and_says_which_quarters_are_missing(tmp_path: Path) -> None:
    made = archived(told(days=90), tmp_path, exchange(100, back=50), translate=Translator("zh"))

    assert (ArchiveStatus.PARTIAL, ()) == (made.outcome.status, Doubts.of(made.outcome).faults)
    assert {"funding-ledger": [], "unified-ledger": ["2026 Q3", "2026 Q4"]} == {
        ledger: list(quarters) for ledger, quarters in made.outcome.quarters.items()
    }
    assert "统一交易账户" in (made.folder / "data/REPORT.md").read_text()


def opened(seconds: int) -> demo.Account:
    return told(events=20).with_(key={**told(events=20).key, "_registerTime": str(seconds)})


@pytest.mark.slow("an archive of its own")
def test_an_account_older_than_the_funding_ledger_is_known_to_go_back_is_partial(tmp_path: Path) -> None:
    outcome = archived(opened(1_634_515_200), tmp_path).outcome

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, Doubts.of(outcome).faults)
    assert "2021 Q4" == outcome.quarters["funding-ledger"][0]


@pytest.mark.slow("an archive of its own")
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


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data/tables").iterdir()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return tables(archived(told(events=40), tmp_path_factory.mktemp("undisturbed")).folder)


@pytest.mark.slow("two archives")
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
