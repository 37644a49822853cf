"""The archive of an account at Kraken Futures, compared with the story that it was generated from."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from yarl import URL

from auditor import demo
from auditor.archive import comparison, run
from auditor.archive.finishing import Archive
from auditor.archive.key import RefusedKeyError
from auditor.archive.outcome import ArchiveStatus
from auditor.archive.session import archive_table
from auditor.archive.state import State
from auditor.archive.verify import verify
from auditor.demo.faults import Call, Reply
from auditor.demo.krakenfutures.story import ACCOUNTS, LOG
from auditor.demo.krakenfutures.story_events import EXECUTIONS, ORDERS, POSITIONS, TRIGGERS
from auditor.exchanges.krakenfutures import history
from auditor.exchanges.krakenfutures.event_lists import EVENT_LISTS, event_rows
from auditor.exchanges.krakenfutures.history import shown_rows
from auditor.exchanges.krakenfutures.log_rows import KINDS, coin_name, log_rows, reader
from auditor.exchanges.registry import load
from auditor.settings.exchange_facts import exchange_config
from auditor.spec.fields import MalformedError
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import SecondList
from auditor.transport.guard import AllowList, NotAllowedError
from tests.archive.archiving import Doubts, rows_of
from tests.archive.kraken_archiving import make, served
from tests.archive.krakenfutures_archiving import archived, told
from tests.archive.test_exports import BEAN_CHECK, bean_check, koinly_sums, rotki_sums, sums
from tests.archive.test_resume import KilledError

ALLOWED = (Path(__file__).parent / "allowlists/krakenfutures.txt").read_text().splitlines()
TOKEN = "ZGVzYy83"
"""Of the second page of seven events: the page that it leads to is itself."""
Rows = list[dict[str, Any]]


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare balances twice, not five times, where they do not agree; do not wait for the disk."""
    monkeypatch.setattr(comparison, "ATTEMPTS", 2)
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


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
def whole(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The archive of an account whose log has several pages."""
    with served(told()) as (configured, exchange), pytest.MonkeyPatch.context() as patched:
        patched.setattr(run, "load", lambda _id: paged(60))
        return Made(make(configured, tmp_path_factory.mktemp("futures")), told(), exchange.calls)


def paged(size: int, events: int = 1000) -> Any:
    """Kraken Futures with pages of so many rows of the log, and so many events."""
    table = load("krakenfutures")
    assert table.history is not None
    (log,) = table.history.ledgers
    pagination = replace(log.endpoint.pagination, size=size)  # type: ignore[type-var]
    log = replace(log, endpoint=replace(log.endpoint, pagination=pagination))
    lists = tuple(_with_pages(one, events) for one in table.history.seconds)
    return replace(table, history=replace(table.history, ledgers=(log,), seconds=lists))


def _with_pages(listed: SecondList, size: int) -> SecondList:
    pagination = replace(listed.endpoint.pagination, size=size)  # type: ignore[type-var]
    return replace(listed, endpoint=replace(listed.endpoint, pagination=pagination))


def test_an_account_is_complete_back_to_its_first_row(whole: Made) -> None:
    outcome = whole.archive.outcome

    assert (ArchiveStatus.COMPLETE, (), ()) == (outcome.status, outcome.faults, outcome.gaps)
    assert not any("cancel out" in str(note) for note in outcome.notes)
    assert ArchiveStatus.COMPLETE is verify(whole.folder).outcome.status
    assert len([call for call in whole.calls if call.path == LOG]) > 3


def test_every_row_of_the_story_stands_in_the_ledger_once_with_its_balance(whole: Made) -> None:
    rows = {row["id"]: row for row in rows_of(whole.folder, "ledger.csv")}
    money = [row for row in whole.account.books[LOG] if "_" not in row["asset"]]

    assert [str(row["id"]) for row in whole.account.books[LOG]] == list(rows)
    for told_row in money:
        row = rows[str(told_row["id"])]
        old, new = (Decimal(str(told_row[name])) for name in ("old_balance", "new_balance"))
        assert (new - old, new) == (Decimal(row["change"]), Decimal(row["balance"]))
    positions = [row for row in rows.values() if row["description"]]
    assert len(whole.account.books[LOG]) - len(money) == len(positions)
    assert {"0"} == {row["change"] for row in positions}
    assert all(" > " in row["description"] and row["instrument"] in row["description"] for row in positions)


def test_each_wallets_coins_are_those_of_the_story(whole: Made) -> None:
    wallets = {row["name"]: row for row in whole.account.books[ACCOUNTS]}
    flex = {code: Decimal(str(one["quantity"])) for code, one in wallets["flex"]["currencies"].items()}
    cash = {"BTC.cash": Decimal(str(wallets["cash"]["balances"]["xbt"]))}
    single = {"BTC.f-xbt:usd": Decimal(str(wallets["fi_xbtusd"]["balances"]["xbt"]))}
    found = sums((row["asset"], row["closing"]) for row in rows_of(whole.folder, "balances.csv"))

    credits_ = found.pop("FEE")
    assert {coin: size for coin, size in {**flex, **cash, **single}.items() if size} == found
    assert Decimal(str(wallets["cash"]["balances"]["fee"])) == credits_


def test_everything_that_kraken_books_is_called_something(whole: Made) -> None:
    kinds = {row["kind"] for row in rows_of(whole.folder, "ledger.csv")}
    wanted = {"transfer", "trade", "conversion", "funding", "settlement", "interest", "fee", "subaccount", "adjustment"}

    assert wanted == kinds
    assert {row["info"] for row in whole.account.books[LOG]} <= KINDS.keys()


def test_each_execution_order_and_position_of_the_story_stands_in_its_table(whole: Made) -> None:
    """A trade is known by the id that the log's rows of it have."""
    trades = [row["event"]["execution"]["execution"] for row in whole.account.books[EXECUTIONS]]
    booked = {row["trade_id"] for row in rows_of(whole.folder, "ledger.csv") if row["trade_id"]}
    fills = rows_of(whole.folder, "fills.csv")
    names = ("instrument", "side", "price", "amount", "fee", "order_id", "trade_id")

    assert sorted(
        (order["tradeable"], order["direction"], one["price"], one["quantity"], one["orderData"]["fee"], order["uid"])
        for one in trades
        if (order := one["order"])
    ) == sorted(tuple(row[name] for name in names[:-1]) for row in fills)
    assert booked >= {row["trade_id"] for row in fills} == {one["uid"] for one in trades}
    for table, *paths in (("orders.csv", ORDERS, TRIGGERS), ("positions.csv", POSITIONS)):
        told_ids = sorted(row["uid"] for path in paths for row in whole.account.books[path])
        assert told_ids == sorted(row["id"] for row in rows_of(whole.folder, table))


def test_what_an_event_did_to_an_order_is_said(whole: Made) -> None:
    rows = rows_of(whole.folder, "orders.csv")
    states = {"OrderPlaced", "OrderUpdated", "OrderCancelled"}
    triggers = {f"OrderTrigger{one.removeprefix('Order')}" for one in states}
    moved = {row["price"] for row in rows if row["state"] == "OrderTriggerUpdated"}

    assert states | triggers == {row["state"] for row in rows}
    assert {"11"} == moved
    assert all(row["filled"] == row["amount"] for row in rows if row["state"] == "OrderUpdated")


def test_events_of_a_second_page_are_there_and_a_page_that_leads_to_itself_is_told(tmp_path: Path) -> None:
    """A second page that leads back to itself is not the end of the list."""
    account = told(events=60)

    def strike(call: Call) -> Reply | None:
        lost = call.path == EXECUTIONS and "continuation_token" in call.query
        return (
            Reply(edit=lambda body: {**body, "elements": body["elements"][:1], "continuationToken": TOKEN})
            if lost
            else None
        )

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(run, "load", lambda _id: paged(60, events=7))
        made = archived(account, tmp_path / "whole")
        struck = archived(account, tmp_path / "struck", fault=strike)

    assert len(account.books[EXECUTIONS]) == len(rows_of(made.folder, "fills.csv")) > 7
    assert (ArchiveStatus.COMPLETE, ()) == (made.outcome.status, made.outcome.gaps)
    assert ArchiveStatus.COMPLETE is not struck.outcome.status


@pytest.mark.parametrize(
    "event", [{}, {"event": {}}, {"event": {"A": {}, "B": {}}}, {"event": {"OrderPlaced": "x"}}, {"event": "x"}]
)
def test_an_event_that_does_not_say_what_happened_is_not_read(event: dict[str, Any]) -> None:
    (row,) = event_rows({"elements": [{"uid": "1", "timestamp": "2", **event}]})
    with pytest.raises(MalformedError):
        EVENT_LISTS[1].listed(row)


REAL_EXECUTION: dict[str, Any] = {
    "uid": "6cdb3700-757b-4a5f-8a87-34db75903caa",
    "timestamp": "1685130589916",
    "event": {
        "execution": {
            "execution": {
                "uid": "45c4bb6f-9ce3-4258-82b1-b27b8f9815ae",
                "order": {"uid": "57b4e666-ddfa-44bb-810b-caabca9f9bb2", "tradeable": "PF_ATOMUSD", "direction": "Buy"},
                "quantity": "1",
                "price": "10.56000000",
                "executionType": "taker",
                "orderData": {"positionSize": "3", "fee": "0.00528000000"},
            },
            "takerReducedQuantity": "",
        }
    },
}
"""The fields of an answer of a real account that are read here (2023)."""


@pytest.mark.parametrize("name", ["execution", "Execution"])
def test_an_execution_of_a_real_account_is_read_in_both_spellings(name: str) -> None:
    (row,) = event_rows({"elements": [{**REAL_EXECUTION, "event": {name: REAL_EXECUTION["event"]["execution"]}}]})
    listed = EVENT_LISTS[0].listed(row)

    assert ("PF_ATOMUSD", "Buy", "10.56000000", "1", "0.00528000000", "", "taker") == listed.cells[:7]
    assert REAL_EXECUTION["uid"] == listed.id


def test_exports_add_up_to_the_story(whole: Made) -> None:
    expected = sums((row["asset"], row["closing"]) for row in rows_of(whole.folder, "balances.csv"))
    exports = whole.folder / "data/exports"

    assert expected == koinly_sums(exports)
    assert expected == rotki_sums(exports)
    assert BEAN_CHECK is None or bean_check(exports / "krakenfutures.beancount") == (0, "")


def test_what_an_archive_may_send_is_what_was_written_down_by_hand(whole: Made) -> None:
    table = archive_table(load("krakenfutures"))
    written = {tuple(line.split()) for line in ALLOWED if line.startswith("GET ")}

    assert exchange_config("krakenfutures").archive
    assert written == {(one.method, "futures.kraken.com", one.full_path(table.api.prefix)) for one in table.endpoints()}
    assert {(call.method, "futures.kraken.com", call.path) for call in whole.calls} <= written


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/derivatives/api/v3/sendorder"),
        ("POST", "/derivatives/api/v3/withdrawal"),
        ("POST", "/derivatives/api/v3/transfer"),
        ("GET", "/api/history/v3/accountlogcsv"),
    ],
)
def test_nothing_that_makes_kraken_do_something_is_let_out(method: str, path: str) -> None:
    allow = AllowList.of(archive_table(load("krakenfutures")), ("https://futures.kraken.com",))
    with pytest.raises(NotAllowedError):
        allow.check_request(method, URL(f"https://futures.kraken.com{path}"))


def test_a_key_that_may_trade_is_refused_before_the_log(tmp_path: Path) -> None:
    account = told().with_key(permissions={"general": "FULL_ACCESS", "transfer": "NO_ACCESS"})
    with served(account) as (configured, server), pytest.raises(RefusedKeyError, match="may do more than read"):
        make(configured, tmp_path)

    assert LOG not in {call.path for call in server.calls}


def test_an_account_that_never_did_anything_is_complete(tmp_path: Path) -> None:
    outcome = archived(demo.account("krakenfutures-empty"), tmp_path).outcome

    assert (ArchiveStatus.COMPLETE, ()) == (outcome.status, outcome.gaps)


def without(*places: int) -> Callable[[Rows], Rows]:
    def left(rows: Rows) -> Rows:
        gone = {place % len(rows) for place in places}
        return [row for number, row in enumerate(rows) if number not in gone]

    return left


def pair(rows: Rows) -> Rows:
    """Two neighbouring rows that cancel out, which no balance misses."""
    number = next(n for n, row in enumerate(rows) if row["execution"] == "FTDEMO-ON")
    return rows[: number - 1] + rows[number + 1 :]


def position(rows: Rows) -> Rows:
    """The row of a position, which changes no balance."""
    number = next(n for n, row in enumerate(rows) if "_" in row["asset"])
    return rows[:number] + rows[number + 1 :]


def altered(rows: Rows) -> Rows:
    return [{**rows[0], "new_balance": rows[0]["new_balance"] + 0.0000001}, *rows[1:]]


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize(
    "fault",
    [without(0), without(7), without(-1), pair, position, altered],
    ids=["first", "middle", "last", "pair", "position", "altered"],
)
def test_a_row_that_the_exchange_loses_or_alters_never_ends_complete(
    fault: Callable[[Rows], Rows], tmp_path: Path
) -> None:
    outcome = archived(told().with_rows(LOG, fault(list(told().books[LOG]))), tmp_path).outcome

    assert ArchiveStatus.COMPLETE is not outcome.status


def test_rows_that_no_balance_misses_are_missed_by_their_numbers(tmp_path: Path) -> None:
    outcome = archived(told().with_rows(LOG, pair(list(told().books[LOG]))), tmp_path).outcome
    counted = "Futures wallets: the exchange numbers its rows from 1 on, and of these numbers are missing: 2."

    assert (ArchiveStatus.PARTIAL, (), (counted,)) == (
        outcome.status,
        *(Doubts.of(outcome).faults, Doubts.of(outcome).gaps),
    )


def test_a_balance_with_more_digits_than_the_log_is_asked_about_and_contradicts_nothing(tmp_path: Path) -> None:
    flex, *_others = [row for row in told().books[ACCOUNTS] if row["name"] == "flex"]
    currencies = {**flex["currencies"], "EUR": {**flex["currencies"]["EUR"], "quantity": 1503.129629631}}
    wallets = [row for row in told().books[ACCOUNTS] if row["name"] != "flex"]
    outcome = archived(told().with_rows(ACCOUNTS, [*wallets, {**flex, "currencies": currencies}]), tmp_path).outcome

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)
    assert any("Kraken does not say whether the log has as many digits" in str(gap) for gap in outcome.gaps)


def test_a_wallet_of_an_unknown_kind_leaves_the_balances_unread(tmp_path: Path) -> None:
    wallets = [*told().books[ACCOUNTS], {"name": "new", "type": "vault", "balances": {}}]
    outcome = archived(told().with_rows(ACCOUNTS, wallets), tmp_path).outcome

    assert any("its balances could not be read" in str(gap) for gap in outcome.gaps)


REFUSALS = (
    Reply(200, {"result": "error", "error": "insufficientPrivileges"}),
    Reply(401, {"status": "unauthorized", "reason": "You are not authorized to access this endpoint."}),
)


@pytest.mark.parametrize("refusal", REFUSALS, ids=["trading", "history"])
def test_a_log_that_is_refused_makes_no_complete_archive(refusal: Reply, tmp_path: Path) -> None:
    """The history API says so in words of its own."""

    def refuse(call: Call) -> Reply | None:
        return refusal if call.path == LOG else None

    outcome = archived(told(), tmp_path, fault=refuse).outcome

    assert ArchiveStatus.PARTIAL is outcome.status
    assert any("its ledger was not read to its end" in str(gap) for gap in outcome.gaps)


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data/tables").iterdir()}


@pytest.mark.slow("two archives")
@pytest.mark.campaign(one_of=10)
@pytest.mark.parametrize("seed", range(10))
def test_a_run_that_is_killed_goes_on_and_comes_to_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Made, seed: int
) -> None:
    commits, commit = iter(range(Random(seed).randrange(2, 8))), State.commit
    monkeypatch.setattr(run, "load", lambda _id: paged(60))

    def killed(*arguments: Any, **more: Any) -> None:
        if next(commits, None) is None:
            raise KilledError
        commit(*arguments, **more)

    with served(told()) as (account, _exchange):
        with monkeypatch.context() as patched:
            patched.setattr(State, "commit", killed)
            with pytest.raises(KilledError):
                make(account, tmp_path)
        made = make(account, tmp_path)

    assert () == made.outcome.gaps
    assert tables(whole.folder) == tables(made.folder)


REAL = {
    "id": "16",
    "date": "2026-09-17T12:00:00.000Z",
    "asset": "usd",
    "contract": "pf_dogeusd",
    "booking_uid": "124f43a6-389a-4349-abc6-06fc7eeac86b",
    "collateral": None,
    "execution": None,
    "fee": "0",
    "funding_rate": "9.288451412e-7",
    "info": "funding rate change",
    "margin_account": "flex",
    "new_balance": "0",
    "old_balance": "0.0002",
    "realized_funding": "-0.0002",
    "realized_pnl": None,
    "liquidation_fee": None,
}
"""A row of a real account, as ccxt has it in a test (2026)."""


def test_a_row_of_a_real_account_is_read() -> None:
    (row,) = log_rows({"logs": [REAL]})
    entry = reader()(Row(row, history.LOG.fields))

    assert ("USD", Decimal("-0.0002"), "funding", "PF_DOGEUSD") == (
        *(entry.asset, entry.change, entry.kind, entry.instrument),
    )
    assert (16, "", 1789646400000) == (entry.number, entry.fee, entry.time)


def test_each_wallet_has_one_name() -> None:
    names = [coin_name(code, wallet) for code, wallet in (("usd", "f-flex"), ("XBT", "holding"), ("fee", "flex"))]

    assert ["USD", "BTC.cash", "FEE"] == names


def test_wallets_have_the_names_of_the_log() -> None:
    wallets = {
        "cash": {"type": "cashAccount", "balances": {"xbt": "1", "kfee": "7"}},
        "fv_xrpxbt": {"type": "marginAccount", "balances": {"xbt": "2", "FV_XRPXBT_180615": "3"}},
        "flex": {"type": "multiCollateralMarginAccount", "currencies": {"XBT": {"quantity": "4"}}},
    }
    rows = shown_rows({"accounts": wallets})

    assert [("BTC.cash", "1"), ("FEE", "7"), ("BTC.f-xrp:xbt", "2"), ("BTC", "4")] == [
        (row["coin"], row["quantity"]) for row in rows if isinstance(row, dict)
    ]
