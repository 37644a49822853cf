"""The archive of an account at HTX, compared with the story that it was generated from."""

import os
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from yarl import URL

from auditor import demo
from auditor.archive import comparison, run
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus
from auditor.archive.session import archive_table
from auditor.archive.state import State
from auditor.archive.verify import verify
from auditor.cli.commands import archive_run
from auditor.demo.faults import Call, Reply
from auditor.demo.htx.endpoints import (
    ACCOUNTS,
    ALGO_ORDERS,
    BALANCES,
    BILLS,
    CONTRACT_BALANCES,
    CONTRACT_FILLS,
    CONTRACT_ORDERS,
    FILLS,
    HISTORY,
    MOVEMENTS,
    ORDERS,
    VALUATION,
)
from auditor.demo.htx.story import MARGIN_ACCOUNT, SPOT_ACCOUNT
from auditor.exchanges.htx.history_kinds import KINDS
from auditor.exchanges.registry import load
from auditor.model.account import Account, Options
from auditor.settings.origins import addresses, api_origin
from auditor.transport.client import TableClient
from auditor.transport.guard import AllowList, NotAllowedError
from auditor.transport.session_pool import SessionPool
from tests.archive.archiving import Doubts, rows_of
from tests.archive.htx_archiving import archived, exchange, make, served, told
from tests.archive.test_exports import BEAN_CHECK, bean_check
from tests.cli.conftest import Cli, cli, fake, here

__all__ = ["cli", "fake", "here"]  # fixtures
ALLOWED = (Path(__file__).parent / "allowlists/htx.txt").read_text().splitlines()
HOSTS = {"spot.private": "api.huobi.pro", "contract.private": "api.hbdm.vn"}
ZERO = Decimal(0)
ALL_ORDERS = (ORDERS, CONTRACT_ORDERS, ALGO_ORDERS)
WALLETS = {SPOT_ACCOUNT: "spot", MARGIN_ACCOUNT: "margin-btcusdt"}
SHORT = exchange(timedelta(hours=2))


class KilledError(BaseException):
    """Stands for kill -9: nothing is cleaned up, and nothing is caught."""


def kill(*_arguments: object) -> None:
    raise KilledError


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare balances twice, not five times, where they do not agree; do not wait for the disk."""
    monkeypatch.setattr(comparison, "ATTEMPTS", 2)
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@dataclass(frozen=True)
class Made:
    archive: Archive
    account: demo.Account
    calls: list[demo.Call]

    @property
    def folder(self) -> Path:
        return self.archive.folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Made:
    account = told()
    with served(account) as (configured, server):
        return Made(make(configured, tmp_path_factory.mktemp("htx")), account, server.calls)


def story_changes(account: demo.Account) -> dict[str, Decimal]:
    """By how much the story's balances change with each row of it."""
    before: defaultdict[tuple[int, str], Decimal] = defaultdict(Decimal)
    found = {}
    for row in account.books[HISTORY]:
        key, after = (row["account-id"], row["currency"]), Decimal(row["acct-balance"])
        found[str(row["record-id"])] = after - before[key]
        before[key] = after
    return found


def test_an_archive_is_partial_for_nothing_but_what_htx_does_not_give(whole: Made) -> None:
    outcome = whole.archive.outcome
    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)
    assert [True, True] == [
        words in str(gap) for words, gap in zip(("last 29 days", "are not in this archive"), outcome.gaps, strict=True)
    ]
    assert all("opened with nothing" in str(sentence) for sentence in outcome.wallets[:2])
    assert "come to what is shown" in str(outcome.wallets[2])
    assert verify(whole.folder).outcome.gaps == outcome.gaps
    assert BEAN_CHECK is None or bean_check(whole.folder / "data/exports/htx.beancount") == (0, "")


def test_every_row_of_the_story_is_in_the_table_once_with_its_change(whole: Made) -> None:
    found = [row for row in rows_of(whole.folder, "ledger.csv") if row["proof"] == "running"]
    changes = {row["id"]: Decimal(row["change"]) for row in found}

    assert Counter(str(row["record-id"]) for row in whole.account.books[HISTORY]) == Counter(row["id"] for row in found)
    assert story_changes(whole.account) == changes
    assert {"spot", "margin-btcusdt"} == {row["wallet"] for row in found}
    assert any("only avail-balance" in row["description"] for row in found)


def test_the_balances_are_those_of_the_story(whole: Made) -> None:
    told_balances: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for one in whole.account.books[BALANCES]:
        row = one["row"]
        told_balances[WALLETS[one["account"]], row["currency"].upper()] += Decimal(row["balance"])
    found = {(row["wallet"], row["asset"]): Decimal(row["closing"]) for row in rows_of(whole.folder, "balances.csv")}

    told_balances["usdt-contracts", "USDT"] = sum((Decimal(row["amount"]) for row in whole.account.books[BILLS]), ZERO)
    assert told_balances == found
    assert {"proved", "summed"} == {row["status"] for row in rows_of(whole.folder, "balances.csv")}


def test_every_type_of_the_story_is_known(whole: Made) -> None:
    rows = rows_of(whole.folder, "ledger.csv")
    assert set(KINDS) == {row["type"] for row in rows if row["proof"] == "running"}
    assert {"transfer", "fee", "pnl", "funding"} == {row["kind"] for row in rows if row["proof"] == "summed"}


def test_lists_beside_the_ledgers_stand_in_their_tables(whole: Made) -> None:
    both = (("fills.csv", FILLS, CONTRACT_FILLS), ("orders.csv", *ALL_ORDERS), ("movements.csv", MOVEMENTS))
    for table, *paths in both:
        expected = Counter(str(row["id"]) for path in paths for row in whole.account.books[path])
        assert expected == Counter(row["id"] for row in rows_of(whole.folder, table))
    assert {"coin", ""} == {row["amount_unit"] for row in rows_of(whole.folder, "fills.csv")}
    moved = rows_of(whole.folder, "transfers.csv")
    assert {("spot", "margin-btcusdt"), ("margin-btcusdt", "spot")} == {
        (row["from_wallet"], row["to_wallet"]) for row in moved
    }


def test_orders_of_contracts_are_asked_for_on_each_margin_mode(whole: Made) -> None:
    found = [
        row for row in rows_of(whole.folder, "orders.csv") if row["kind"] in {"cross contract", "isolated contract"}
    ]
    modes = Counter(f"{row['margin_mode']} contract" for row in whole.account.books[CONTRACT_ORDERS])

    assert modes == Counter(row["kind"] for row in found)
    assert {"cross contract", "isolated contract"} == set(modes)
    assert {("BTC-USDT", "31400", "1")} == {(row["instrument"], row["average_price"], row["filled"]) for row in found}
    assert {"BTC-USDT"} == {call.query["contract_code"] for call in whole.calls if call.path == CONTRACT_FILLS}


def test_an_order_that_waited_for_a_price_stands_with_that_price(whole: Made) -> None:
    found = {
        (row["type"], row["price"]) for row in rows_of(whole.folder, "orders.csv") if row["kind"] == "algo contract"
    }
    assert {("trigger", "60000"), ("tp", "70000")} <= found
    asked = {call.query["type"] for call in whole.calls if call.path == ALGO_ORDERS}
    assert {"trigger", "tp", "sl", "tpsl", "trailing_stop"} == asked


def test_an_hour_is_read_in_several_pages(whole: Made) -> None:
    assert any("from-id" in call.query for call in whole.calls if call.path == HISTORY)


def test_deposits_and_withdrawals_are_asked_for_by_the_size_of_a_page_as_htx_calls_it(whole: Made) -> None:
    asked = [call.query for call in whole.calls if call.path == MOVEMENTS]
    assert {("50", None)} == {(query.get("size"), query.get("limit")) for query in asked}


def test_what_an_archive_may_send_is_what_was_written_down_by_hand(whole: Made) -> None:
    table = archive_table(load("htx"))
    written = {tuple(line.split()) for line in ALLOWED if line.startswith(("GET ", "POST "))}
    asked = {call.path for call in whole.calls if "/balance" not in call.path}

    assert written == {(one.method, HOSTS[one.ccxt_section], one.full_path("")) for one in table.endpoints()}
    assert asked <= {path for _method, _host, path in written}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "v1/order/cancelAllOrders"),
        ("POST", "v2/account/repayment"),
        ("POST", "v1/account/transfer"),
        ("POST", "v5/algo/order"),
        ("GET", "v1/account/accounts/1/balance/2"),
        ("GET", "v1/account/accounts"),
    ],
)
def test_nothing_that_makes_htx_do_something_is_let_out(method: str, path: str) -> None:
    allow, url = AllowList.of(archive_table(load("htx")), ("https://api.huobi.pro",)), f"https://api.huobi.pro/{path}"
    if path == "v1/account/accounts":
        allow.check_request(method, URL(url))
        return
    with pytest.raises(NotAllowedError):
        allow.check_request(method, URL(url))


@pytest.mark.slow("an archive of its own")
def test_a_deposit_that_went_straight_out_again_is_missed_where_the_ledger_lost_both_rows(
    tmp_path: Path, whole: Made
) -> None:
    """No balance shows it: the lists of deposits and withdrawals do."""
    rows = [row for row in whole.account.books[HISTORY] if row["currency"] != "usdd"]
    held = [row for row in whole.account.books[BALANCES] if row["row"]["currency"] != "usdd"]
    account = whole.account.with_rows(HISTORY, rows).with_rows(BALANCES, held)
    gaps = Doubts.of(archived(account, tmp_path).outcome).gaps
    assert {"Deposits", "Withdrawals"} == {gap.split()[0] for gap in gaps if "that no ledger here shows" in gap}


def test_a_bill_that_is_missing_leaves_a_difference_that_is_named(tmp_path: Path) -> None:
    account = told(events=60, hours=2, seed=5)
    bills = list(account.books[BILLS])
    outcome = archived(account.with_rows(BILLS, bills[:1] + bills[2:]), tmp_path, SHORT).outcome

    assert ArchiveStatus.PARTIAL is outcome.status
    assert any("USDT-margined contracts USDT: the changes here come to" in str(gap) for gap in outcome.gaps)


def test_contracts_that_never_were_say_nothing_and_what_is_in_earn_is_named(tmp_path: Path) -> None:
    never = Reply(200, {"status": "error", "err_code": 1220, "err_msg": "not opened", "ts": 1})
    worth = [{"distributionType": "10", "balance": 0.1, "accountBalance": "0.1"}]
    account = told(events=3, hours=1, seed=5).with_rows(VALUATION, worth)
    outcome = archived(
        account.with_refusal(BILLS, never).with_refusal(CONTRACT_BALANCES, never), tmp_path, SHORT
    ).outcome

    assert "USDT-margined contracts: no rows, and nothing in it now." == str(outcome.wallets[-1])
    assert ["Earn: there is something in it, and its changes are not added up here."] == [
        str(gap) for gap in outcome.gaps[:-2]
    ]


def test_contracts_are_asked_at_their_own_host() -> None:
    """ccxt looks up the first part of a section such as contract.private."""
    table = archive_table(load("htx"))
    account = Account(
        name="a", exchange="htx", credentials={"apiKey": SecretStr("key"), "secret": SecretStr("demo-secret")}
    )
    options = Options()
    client = TableClient(
        table,
        account,
        options,
        host=SessionPool(api_origin(account, options), replace(options, open_session=lambda _allow: None)),
        addresses=addresses(account, options),
    )
    signed = [
        client._ccxt.sign(path, [part, "private"], "GET", {})["url"].partition("?")[0]
        for part, path in (("spot", "v1/account/history"), ("contract", "v5/account/bills"))
    ]
    assert ["https://api.huobi.pro/v1/account/history", "https://api.hbdm.vn/v5/account/bills"] == signed


@pytest.mark.slow("an archive of its own")
def test_what_was_there_before_is_an_opening_balance(tmp_path: Path) -> None:
    account = told(events=40, hours=10)
    made = archived(account, tmp_path, exchange(timedelta(hours=3)))
    gaps = Doubts.of(made.outcome).gaps

    assert made.outcome.status is ArchiveStatus.PARTIAL
    assert any("Spot account: there before its first row:" in gap for gap in gaps)


@pytest.mark.slow("two archives")
@pytest.mark.usefixtures("without_exports")
def test_a_run_that_is_killed_comes_to_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Made
) -> None:
    commits, commit = iter(range(17)), State.commit

    def killed(*arguments: Any, **named: Any) -> None:
        if next(commits, None) is None:
            kill()
        commit(*arguments, **named)

    with monkeypatch.context() as patched:
        patched.setattr(State, "commit", killed)
        with pytest.raises(KilledError):
            archived(whole.account, tmp_path)
    made = archived(whole.account, tmp_path)
    assert {path.name: path.read_bytes() for path in (whole.folder / "data/tables").iterdir()} == {
        path.name: path.read_bytes() for path in (made.folder / "data/tables").iterdir()
    }


@pytest.mark.slow("an archive of its own")
def test_a_ledger_that_htx_refuses_is_named_and_the_other_one_proved(tmp_path: Path, whole: Made) -> None:
    refused = {"status": "error", "err-code": "account-type-not-supported", "err-msg": "not this one", "data": None}

    def fault(call: Call) -> Reply | None:
        is_struck = call.path == HISTORY and call.query["account-id"] == str(MARGIN_ACCOUNT)
        return Reply(200, refused) if is_struck else None

    outcome = archived(whole.account, tmp_path, fault=fault).outcome
    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)
    assert any("margin btcusdt: its ledger was not read to its end" in str(gap) for gap in outcome.gaps)
    spot, margin, _contracts = map(str, outcome.wallets)
    assert ("Spot account: proved since", "margin btcusdt: not proved.") == (spot[:26], margin)


def test_without_the_list_of_accounts_nothing_is_sealed(tmp_path: Path, whole: Made) -> None:
    account = whole.account.with_refusal(ACCOUNTS, Reply(200, "no json"))
    assert ArchiveStatus.UNFINISHED is archived(account, tmp_path).outcome.status


@pytest.mark.slow("an archive of its own")
def test_the_demo_is_an_archive_that_is_partial_in_chinese_too(
    cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_run, "options", lambda _request: Options(pace=0))
    monkeypatch.setattr(run, "load", lambda _id: SHORT)
    made = cli("archive", "demo", "--exchange", "htx", "--lang", "zh")

    assert (3, 1) == (made.code, len(list(here.glob("htx-63628520-*"))))
    assert ("现货账户" in made.out, "www.htx.com" in made.out) == (True, True)
