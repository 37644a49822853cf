"""The archive of an account at KuCoin, compared with the story that it was generated from."""

import csv
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from yarl import URL

from auditor import demo
from auditor.archive import verify as verifying
from auditor.archive.document import facts_in, read_document
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus, Outcome, judge
from auditor.archive.proof import prove
from auditor.archive.raw import RawAnswer, answers, member, places
from auditor.archive.session import archive_table
from auditor.archive.state import State
from auditor.archive.verify import verify
from auditor.demo.faults import Call, Reply
from auditor.demo.kucoin import story
from auditor.demo.kucoin import story_beside as beside
from auditor.exchanges.kucoin.archive_lists.account_ledger import LEDGER
from auditor.exchanges.kucoin.archive_lists.contracts import FUTURES_LEDGER, futures_rows
from auditor.exchanges.registry import load
from auditor.i18n import Translator
from auditor.spec.fields import MalformedError
from auditor.transport.guard import AllowList, NotAllowedError
from tests.archive.archiving import NOW, Doubts, rows_of, served
from tests.archive.estimating import least_seconds
from tests.archive.kucoin_archiving import archived, exchange, make, told
from tests.archive.test_exports import BEAN_CHECK, bean_check, sums
from tests.archive.test_resume import KilledError

ALLOWED = (Path(__file__).parent / "allowlists/kucoin.txt").read_text().splitlines()
WEEK = 7 * 86_400_000 - 3_600_000
"""Milliseconds that are asked for of what KuCoin gives for 7 days: the edge moves."""
TODAY = int(NOW.timestamp() * 1000)
EARLIER = "KuCoin gives its ledger for the last year"
NOT_HERE = ("Futures account, of which KuCoin", "Margin accounts, of which KuCoin")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the disk."""
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
def young(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The archive of an account that is younger than a year, and older than the trading account's own ledger."""
    with served(told()) as (configured, server):
        to = tmp_path_factory.mktemp("kucoin")
        return Made(make(configured, to, whole=True, translate=Translator("zh")), told(), server.calls)


def is_healthy(doubts: Doubts) -> bool:
    """Whether nothing is said against an archive but what is said against every one."""
    return not doubts.faults and [*NOT_HERE, EARLIER] == begins(doubts.gaps)


def begins(texts: tuple[str, ...]) -> list[str]:
    """The beginnings of sentences, of those that every account of this story has, in their order."""
    return [next((one for one in (*NOT_HERE, EARLIER) if text.startswith(one)), text) for text in texts]


def test_no_archive_is_complete_since_nothing_says_when_an_account_was_opened(young: Made) -> None:
    outcome = young.archive.outcome

    assert any("no unified account" in str(note) for note in outcome.notes)
    assert (ArchiveStatus.PARTIAL, 3, ()) == (outcome.status, outcome.exit_code, outcome.faults)
    assert [*NOT_HERE, EARLIER] == begins(Doubts.of(outcome).gaps)
    assert "交易账户" in (young.folder / "data/REPORT.md").read_text()


def shown(account: demo.Account, wallet: str) -> dict[str, Decimal]:
    rows = [row for row in account.books[story.ACCOUNTS] if row["type"] == wallet]
    return sums((row["currency"], row["balance"]) for row in rows)


@pytest.mark.parametrize("wallet", ["main", "trade"])
def test_the_changes_of_a_wallet_come_to_its_balances_in_the_story(young: Made, wallet: str) -> None:
    rows = [row for row in rows_of(young.folder, "ledger.csv") if row["wallet"] == wallet]
    balances = [row for row in rows_of(young.folder, "balances.csv") if row["wallet"] == wallet]

    assert shown(young.account, wallet) == sums((row["asset"], row["change"]) for row in rows)
    assert {"summed"} == {row["status"] for row in balances}


def test_every_row_stands_in_the_ledger_once_and_the_trading_accounts_newest_with_their_balances(young: Made) -> None:
    rows = rows_of(young.folder, "ledger.csv")
    own = {row["id"]: row for row in young.account.books[story.TRADING] if int(row["createdAt"]) >= TODAY - WEEK}
    ids = Counter(row["id"].split(":")[1] for row in rows)
    running = {row["id"].split(":")[1]: row["balance"] for row in rows if row["proof"] == "running"}

    assert Counter(row["id"] for row in young.account.books[story.LEDGER]) == ids
    assert {number: row["balance"] for number, row in own.items()} == running
    assert 0 < len(own) < len(young.account.books[story.TRADING])


def test_a_change_is_the_amount_which_has_the_fee_in_it(young: Made) -> None:
    told_rows = {row["id"]: row for row in young.account.books[story.LEDGER]}
    for row in rows_of(young.folder, "ledger.csv"):
        one = told_rows[row["id"].split(":")[1]]
        sign = "" if one["direction"] == "in" else "-"
        fee = "" if one["fee"] == "0" else f"-{one['fee']}"
        assert (f"{sign}{one['amount']}", fee) == (row["change"], row["fee"])


def test_every_kind_of_row_has_its_name_and_a_type_without_one_is_told(young: Made) -> None:
    kinds = {row["kind"]: row["type"] for row in rows_of(young.folder, "ledger.csv")}
    moved = {"deposit", "withdrawal", "transfer", "subaccount", "fiat"}
    earned = {"earn_in", "earn_out", "reward", "airdrop"}

    assert {*moved, *earned, "trade", "fee", "rebate", "conversion", "other"} == set(kinds)
    assert "Lucky Draw Prize" == kinds["other"]
    assert "Lucky Draw Prize" in (young.folder / "data/REPORT.md").read_text()


def test_the_lists_beside_the_ledger_stand_in_their_tables(young: Made) -> None:
    books = young.account.books
    recent = [row for row in books[story.FILLS] if row["createdAt"] >= TODAY - WEEK]
    margin = [row for row in books[story.MARGIN] if row["createdAt"] >= TODAY - WEEK]

    assert len(books[story.DEPOSITS]) + len(books[story.WITHDRAWALS]) == len(rows_of(young.folder, "movements.csv"))
    on_margin = [row for row in books[beside.MARGIN_FILLS] if row["createdAt"] >= TODAY - WEEK]
    booked = [row for row in rows_of(young.folder, "products.csv") if row["kind"] in {"margin", "futures"}]

    assert len(recent) + len(on_margin) + len(books[story.FUTURES_FILLS]) == len(rows_of(young.folder, "fills.csv"))
    assert {"coin", "contracts"} == {row["amount_unit"] for row in rows_of(young.folder, "fills.csv")}
    assert len(margin) + len(books[story.FUTURES]) == len(booked)
    assert len(books[story.POSITIONS]) == len(rows_of(young.folder, "positions.csv"))


def test_orders_of_every_account_stand_in_the_table_of_orders(young: Made) -> None:
    """Of spot and margin for seven days, of futures for as long as they are asked for."""
    books, rows = young.account.books, rows_of(young.folder, "orders.csv")
    recent = {
        kind: [row["id"] for row in books[path] if row["createdAt"] >= TODAY - WEEK]
        for kind, path in (("spot", beside.ORDERS), ("margin", beside.MARGIN_ORDERS))
    }
    expected = {**recent, "futures": [row["id"] for row in books[beside.FUTURES_ORDERS]]}

    assert all(expected.values())
    assert {kind: sorted(ids) for kind, ids in expected.items()} == {
        kind: sorted(row["id"] for row in rows if row["kind"] == kind) for kind in expected
    }


def test_debts_interest_lending_and_funding_fees_stand_in_the_table_of_products(young: Made) -> None:
    """What was borrowed in isolated margin is listed for one coin of one pair at a time, and is not asked for."""
    books, rows = young.account.books, rows_of(young.folder, "products.csv")
    cross = [row for path in (beside.BORROWED, beside.REPAID) for row in books[path] if row["symbol"] is None]
    expected = {
        "margin loan": sorted(row["orderNo"] for row in cross),
        "lending": sorted(row["purchaseOrderNo"] for row in books[beside.LENT]),
        "funding fee": sorted(str(row["id"]) for row in books[beside.FUNDING]),
    }
    interest = sorted(row["createdTime"] for row in books[beside.INTEREST])

    assert all(expected.values())
    assert expected == {kind: sorted(row["id"] for row in rows if row["kind"] == kind) for kind in expected}
    assert interest == sorted(int(row["exchange_time"]) for row in rows if row["kind"] == "margin interest")


def test_conversions_stand_in_a_table(young: Made) -> None:
    told_rows = {row["orderId"]: row["toCurrencySize"] for row in young.account.books[beside.CONVERSIONS]}

    assert told_rows == {row["id"]: row["other_amount"] for row in rows_of(young.folder, "conversions.csv")}


def test_an_account_without_margin_and_futures_is_asked_for_none_of_their_pairs(tmp_path: Path) -> None:
    """KuCoin refuses a key without the right Margin: no row shows that it was used, so that nothing is left open."""
    account = demo.account("kucoin-empty").with_(refuses={beside.INTEREST: "400007", beside.OLD_TRADES: "404000"})
    with served(account) as (configured, server):
        outcome = make(configured, tmp_path, whole=True).outcome
        asked = {call.path for call in server.calls}

    assert [EARLIER] == [
        next((one for one in (EARLIER,) if gap.startswith(one)), gap) for gap in Doubts.of(outcome).gaps
    ]
    assert {beside.INTEREST, beside.OLD_TRADES} <= asked
    assert not {beside.MARGIN_FILLS, beside.MARGIN_ORDERS, beside.BORROWED, beside.REPAID, beside.FUNDING} & asked
    assert any("Spot trades before 2019: the exchange refused it" in str(note) for note in outcome.notes)


def test_a_page_of_orders_that_leads_back_to_itself_is_told(tmp_path: Path) -> None:
    def strike(call: Call) -> Reply | None:
        if call.path != beside.ORDERS:
            return None
        return Reply(edit=lambda body: {**body, "data": {**body["data"], "lastId": call.query.get("lastId", "7")}})

    doubts = Doubts.of(archived(told(), tmp_path, fault=strike, whole=True).outcome)

    assert any("Spot orders" in gap for gap in doubts.gaps)


def test_what_happened_on_the_first_platform_is_kept_and_shows_how_old_the_account_is(tmp_path: Path) -> None:
    account = demo.account("kucoin-empty")
    account = account.with_(books={**account.books, **beside.first_platform()})
    made = archived(account, tmp_path, whole=True)
    moved = {(row["kind"], row["time"][:10], row["amount"]) for row in rows_of(made.folder, "movements.csv")}
    (trade,) = rows_of(made.folder, "fills.csv")

    assert {("deposit", "2018-06-09", "0.03266638"), ("withdrawal", "2018-05-19", "0.534")} == moved
    assert ("SNOV-ETH", "0.0000246", "770", "2018-10-21") == (
        *(trade["instrument"], trade["price"], trade["amount"], trade["time"][:10]),
    )
    assert any("This account has rows since 2018-05-19" in gap for gap in Doubts.of(made.outcome).gaps)


def test_a_trade_and_a_deposit_name_their_rows_of_the_ledger(young: Made) -> None:
    """What was deposited and failed has none, nor has a trade of futures, whose ledger is kept beside."""
    rows = {row["id"]: row for row in rows_of(young.folder, "ledger.csv")}
    spot = {(row["instrument"], row["trade_id"]) for row in rows.values() if row["kind"] in {"trade", "fee"}}
    fills = {
        (row["instrument"], row["trade_id"]): row["ledger_ids"].split() for row in rows_of(young.folder, "fills.csv")
    }
    moved = rows_of(young.folder, "movements.csv")

    assert {key for key, ids in fills.items() if ids} == fills.keys() & spot
    assert {key for key, ids in fills.items() if ids} == {
        (rows[one]["instrument"], rows[one]["trade_id"]) for ids in fills.values() for one in ids
    }
    assert {(row["state"], bool(row["ledger_ids"])) for row in moved} == {("SUCCESS", True), ("FAILURE", False)}
    assert all(rows[row["ledger_ids"]]["time"] == row["credited"] for row in moved if row["ledger_ids"])


def test_transfers_between_both_wallets_are_paired(young: Made) -> None:
    """Those to futures have no other half here."""
    rows = {row["id"]: row for row in young.account.books[story.LEDGER] if row["bizType"] == "Transfer"}
    halves = [
        name.split(":")[1] for row in rows_of(young.folder, "transfers.csv") for name in row["ledger_ids"].split()
    ]
    alone = [row for number, row in rows.items() if number not in halves]

    assert len(halves) == len(set(halves))
    assert len(young.account.books[story.FUTURES_FILLS]) == len(alone)
    assert {("TRADE", "out")} == {(row["accountType"], row["direction"]) for row in alone}


def test_exports_add_up_and_the_archive_verifies(young: Made) -> None:
    with patch.object(verifying, "load", lambda _id: exchange(11)):
        assert ArchiveStatus.PARTIAL is verify(young.folder).outcome.status
    assert BEAN_CHECK is None or bean_check(young.folder / "data/exports/kucoin.beancount") == (0, "")


def test_what_an_archive_may_send_is_what_was_written_down_by_hand(young: Made) -> None:
    table = archive_table(load("kucoin"))
    written = {tuple(line.split()) for line in ALLOWED if line.startswith("GET ")}
    hosts = {"futures": "api-futures.kucoin.com"}
    asked = {
        (one.method, hosts.get(one.site.service if one.site else "", "api.kucoin.com"), one.full_path(table.api.prefix))
        for one in table.endpoints()
    }

    assert written == asked
    assert {call.path for call in young.calls} <= {path for _method, _host, path in asked}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v1/accounts/ledgers"),
        ("POST", "/api/v3/accounts/universal-transfer"),
        ("GET", "/api/ua/v1/asset/deposit/address"),
        ("GET", "/api/v1/convert/quote"),
        ("DELETE", "/api/v1/withdrawals/1"),
    ],
)
def test_nothing_that_makes_kucoin_do_something_is_let_out(method: str, path: str) -> None:
    allow = AllowList.of(archive_table(load("kucoin")), ("https://api.kucoin.com",))
    with pytest.raises(NotAllowedError):
        allow.check_request(method, URL(f"https://api.kucoin.com{path}"))


def test_a_year_of_days_is_well_below_a_minute_at_kucoins_limits(tmp_path: Path) -> None:
    """A year of days of the ledger and the orders of futures at 2 of weight, a quarter of their fills at 5, a year of
    months of funding fees of some contracts at 5, of 2000 in 30 seconds."""
    history = load("kucoin").history
    assert history is not None

    assert pytest.approx((366 * 2 * 2 + 90 * 5 + 13 * 5 * 5 + 2) * 30 / 2000, abs=0.5) == least_seconds(
        history, tmp_path, NOW
    )


Rows = list[Any]
Edit = Callable[[Rows], Rows]


def altered(name: str) -> Edit:
    return lambda rows: [{**rows[0], name: format(Decimal(rows[0][name]) + Decimal("1E-8"), "f")}, *rows[1:]]


@dataclass(frozen=True)
class Struck:
    """A file of raw answers, of which the rows of the first page that has any after a time are altered."""

    file: Path
    edit: Edit
    since: int = 0

    def strike(self) -> None:
        kept = [answer for _line, answer in answers(self.file, places(self.file))][::-1]
        for number, answer in enumerate(kept):
            body = json.loads(answer.body)
            rows = body["data"] if isinstance(body["data"], list) else body["data"]["items"] or []
            chosen = [row for row in rows if self.is_meant(row)]
            if not chosen:
                continue
            edited = [*[row for row in rows if row not in chosen], *self.edit(chosen)]
            data = edited if isinstance(body["data"], list) else {**body["data"], "items": edited}
            values = {name: getattr(answer, name) for name in RawAnswer.__slots__}
            kept[number] = RawAnswer(**{**values, "body": json.dumps({**body, "data": data})})
            self.file.write_bytes(b"".join(map(member, kept)))
            return
        raise LookupError(self.file)

    def is_meant(self, row: Mapping[str, Any]) -> bool:
        """Whether a row is in this list alone: those of the trading account are in two, for a week."""
        return row.get("accountType") != "TRADE" or int(row["createdAt"]) < self.since


@pytest.fixture(scope="module")
def copied(young: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("struck") / "archive"
    shutil.copytree(young.folder, folder)
    return folder


def judged(folder: Path, to: Path) -> Outcome:
    facts = facts_in(read_document(folder))
    return judge(facts, prove(folder, exchange(11), to, facts), exchange(11))


def struck(copied: Path, to: Path, list_id: str, edit: Edit, *, since: int = TODAY - WEEK) -> Doubts:
    """What is said against an archive of whose raw answers nothing but one page is another. ``since``: see above."""
    (file,) = sorted((copied / "data/raw").glob(f"{list_id}/*.gz"))
    before = file.read_bytes()
    try:
        Struck(file, edit, since).strike()
        outcome = judged(copied, to)
    finally:
        file.write_bytes(before)
    assert outcome.status in {ArchiveStatus.PARTIAL, ArchiveStatus.DIFFERS}
    return Doubts.of(outcome)


def test_another_balance_is_a_break(copied: Path, tmp_path: Path) -> None:
    """Although the changes come to what is shown; of the newest row, it is told beside what is shown."""

    def second(rows: Rows) -> Rows:
        number = [place for place, row in enumerate(rows) if row["currency"] == "USDT"][1]
        return [*rows[:number], *altered("balance")(rows[number:])]

    doubts = struck(copied, tmp_path, "trading-ledger", second)
    newest = struck(copied, tmp_path, "trading-ledger", altered("balance"))

    assert any("Trading account USDT: " in fault and "missing between" in fault for fault in doubts.faults)
    assert any("the changes here come to" in gap for gap in newest.gaps)


def without(number: str) -> Edit:
    return lambda rows: [row for row in rows if row["id"] != number]


LACKING = "Ledger of the trading account: rows of it that the longer list (Ledger of all accounts) lacks: 1."
UNCOVERED = "Ledger of the trading account: rows of its time that only the longer list (Ledger of all accounts) has"


def test_a_row_that_one_ledger_lost_is_counted_in_the_other(young: Made, copied: Path, tmp_path: Path) -> None:
    """Of the trading account, for seven days. What the longer one lacks it may lack of older rows, too."""
    newest = young.account.books[story.TRADING][0]["id"]
    expected = sums((row["asset"], row["change"]) for row in rows_of(young.folder, "ledger.csv"))
    for list_id, said in (("ledger", LACKING), ("trading-ledger", UNCOVERED)):
        doubts = struck(copied, tmp_path, list_id, without(newest), since=TODAY)
        with (tmp_path / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))

        assert [said] == [gap[: len(said)] for gap in doubts.gaps if not gap.startswith((*NOT_HERE, EARLIER))]
        assert expected == sums((row["asset"], row["change"]) for row in rows)
        assert 1 == sum(f":{newest}:" in row["id"] for row in rows)


def test_a_row_that_is_not_the_same_in_both_ledgers_is_told(copied: Path, tmp_path: Path) -> None:
    def traded(rows: Rows) -> Rows:
        number = next(place for place, row in enumerate(rows) if row["accountType"] == "TRADE")
        return [*rows[:number], *altered("amount")(rows[number:])]

    doubts = struck(copied, tmp_path, "ledger", traded, since=TODAY)

    assert any(gap.startswith("Ledger of all accounts: what these rows change is not known") for gap in doubts.gaps)


def test_a_deposit_of_the_ledger_that_is_in_no_list_of_deposits_is_told(copied: Path, tmp_path: Path) -> None:
    credited = [row["status"] for row in told().books[story.DEPOSITS]].index("SUCCESS")
    doubts = struck(copied, tmp_path, "deposits", lambda rows: rows[:credited] + rows[credited + 1 :])

    assert any(gap.startswith("Deposits: rows of the ledger that are not in this list: 1") for gap in doubts.gaps)


@pytest.mark.slow("an archive of its own")
def test_what_an_older_account_had_when_the_ledger_begins_is_what_the_story_says(tmp_path: Path) -> None:
    """Without the trading account's own ledger, too, which some accounts do not have."""
    account, begun = told(days=400, events=80), TODAY - 11 * 86_400_000
    margin = {"id": "1", "currency": "BTC", "type": "margin", "balance": "1", "available": "1", "holds": "0"}
    account = account.with_rows(story.ACCOUNTS, [*account.books[story.ACCOUNTS], margin])
    made = archived(account.with_refusal(story.TRADING, "126001"), tmp_path)
    older = [row for row in account.books[story.LEDGER] if row["createdAt"] < begun]
    signs = {"in": "", "out": "-"}
    before = sums(
        (f"{row['accountType'].lower()} {row['currency']}", signs[row["direction"]] + row["amount"]) for row in older
    )
    found = sums((f"{row['wallet']} {row['asset']}", row["opening"]) for row in rows_of(made.folder, "balances.csv"))
    gaps = Doubts.of(made.outcome).gaps

    assert (ArchiveStatus.PARTIAL, ()) == (made.outcome.status, made.outcome.faults)
    assert before == found
    assert 2 == sum("there before its first row: " in gap for gap in gaps)
    assert any(gap.startswith("margin: there is something in it") for gap in gaps)
    assert any("back this far: the last year. This account has rows since 2025-10-24" in gap for gap in gaps)
    assert any("no such ledger" in str(note) for note in made.outcome.notes)
    assert BEAN_CHECK is None or bean_check(made.folder / "data/exports/kucoin.beancount") == (0, "")


def test_a_profit_that_is_pending_has_changed_nothing_yet() -> None:
    """KuCoin's own example, with its spelling of the currency."""
    row = {
        "time": "1558596284040",
        "type": "RealisedPNL",
        "amount": "0",
        "fee": None,
        "accountEquity": "8060.78993",
        "status": "Pending",
        "remark": "XBTUSDM",
        "offset": "-1",
        "currnecy": "XBT",
    }
    (read,) = map(FUTURES_LEDGER.changed, futures_rows({"hasMore": False, "dataList": [row]}))

    assert ((), "Pending", "XBT") == (read.changes, read.cells[-1], read.cells[2])


ROW = {
    "id": "62ff65c6e7535f00017ca5dd",
    "currency": "USDT",
    "amount": "47.5",
    "fee": "0",
    "balance": "0",
    "accountType": "MAIN",
    "bizType": "Deposit",
    "direction": "in",
    "createdAt": "1660904902343",
    "context": "",
}
"""A row as ccxt's issue 14666 shows it: numbers come as texts from the decoder, and the balance is 0 in each."""
TRADED = json.dumps({"symbol": "NRG-BTC", "orderId": "5ffc3e007d", "tradeId": "5ffc3e012e"})


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ({}, ("main", "USDT", "47.5", "deposit", "", "")),
        ({"direction": "IN", "context": "{'symbol': 'CSP-USDT'}"}, ("main", "USDT", "47.5", "deposit", "", "")),
        (
            {"accountType": "TRADE", "bizType": "Exchange", "direction": "out", "fee": "0.1", "context": TRADED},
            ("trade", "USDT", "-47.5", "trade", "-0.1", "NRG-BTC"),
        ),
        ({"accountType": "TRADE_HF", "bizType": "RETURNED_FEES"}, ("trade", "USDT", "47.5", "rebate", "", "")),
        ({"accountType": "MARGIN", "bizType": "Cross Margin"}, ("margin", "USDT", "47.5", "trade", "", "")),
        ({"accountType": "OPTION", "bizType": "Premium"}, ("option", "USDT", "47.5", "other", "", "")),
        ({"bizType": "EARN_LOCK", "direction": "out"}, ("main", "USDT", "-47.5", "earn_in", "", "")),
        ({"bizType": "Staking"}, ("main", "USDT", "47.5", "earn_out", "", "")),
        ({"fee": None, "context": None}, ("main", "USDT", "47.5", "deposit", "", "")),
    ],
)
def test_a_row_of_the_ledger_is_read(row: dict[str, Any], read: tuple[str, ...]) -> None:
    found = LEDGER.changed({**ROW, **row})
    (change,) = found.changes
    figures = (change.wallet, change.asset, str(change.amount), change.kind, change.fee, found.instrument)

    assert (read, 1660904902343) == (figures, found.time)


@pytest.mark.parametrize(
    "row", [{"direction": "sideways"}, {"amount": "-1"}, {"amount": "much"}, {"createdAt": "soon"}, {"accountType": ""}]
)
def test_a_row_of_the_ledger_that_is_not_clear_is_not_read(row: dict[str, Any]) -> None:
    with pytest.raises(MalformedError):
        LEDGER.changed({**ROW, **row})


def test_a_unified_accounts_ledger_is_kept_and_says_that_it_is_not_proved(tmp_path: Path) -> None:
    """Rows of a library's fixture, 2026: the amount has no sign, and the time is nanoseconds."""
    account = demo.account("kucoin-empty")
    rows = [
        {
            "accountType": "UNIFIED",
            "id": f"1000000000228610{number}",
            "currency": "USDT",
            "direction": side,
            "businessType": "FUNDING_FEE",
            "amount": "0.00262242",
            "balance": "378.12022481286",
            "fee": "0",
            "tax": "0",
            "remark": "",
            "ts": (TODAY - 1000) * 1_000_000 - number,
        }
        for number, side in enumerate(("IN", "OUT"))
    ]
    account = account.with_rows("/api/ua/v1/account/mode", [{"selfAccountMode": "UNIFIED"}])
    made = archived(account.with_rows("/api/ua/v1/account/ledger", rows), tmp_path, whole=True)
    kept = [(row["type"], row["amount"]) for row in rows_of(made.folder, "products.csv")]

    assert [("FUNDING_FEE", "0.00262242"), ("FUNDING_FEE", "-0.00262242")] == kept[::-1]
    assert any(gap.startswith("Unified account, of which") for gap in Doubts.of(made.outcome).gaps)
    assert any("this account is unified" in gap for gap in Doubts.of(made.outcome).gaps)


def test_a_unified_account_that_rested_for_a_week_is_told_that_it_is_one(tmp_path: Path) -> None:
    """Its funding and trading accounts are empty, and its own ledger has no row: that is not all there was."""
    account = demo.account("kucoin-empty").with_rows("/api/ua/v1/account/mode", [{"selfAccountMode": "UNIFIED"}])
    outcome = archived(account, tmp_path, whole=True).outcome

    assert any("Ledger of the unified account: this account is unified" in str(gap) for gap in outcome.gaps)


def test_rows_of_margin_that_are_older_than_its_own_ledger_are_kept(tmp_path: Path) -> None:
    newest, *_others = (row for row in told().books[story.MARGIN] if row["createdAt"] >= TODAY - WEEK)
    same = {**newest, "accountType": "MARGIN"}
    older = {**same, "id": "1", "createdAt": TODAY - 9 * 86_400_000}
    rows = sorted([*told().books[story.LEDGER], older, same], key=lambda row: -int(row["createdAt"]))
    made = archived(told().with_rows(story.LEDGER, rows), tmp_path)
    kept = [row["id"] for row in rows_of(made.folder, "products.csv") if row["kind"] == "margin"]

    both = [str(row["id"]) for row in (older, newest)]

    assert both == [number for number in kept if number in both]
    assert any(gap.startswith("Margin accounts, of which") for gap in Doubts.of(made.outcome).gaps)


def test_an_answer_about_futures_that_says_it_is_cut_short_is_not_the_whole_list() -> None:
    with pytest.raises(MalformedError):
        futures_rows({"hasMore": True, "dataList": []})


def test_a_page_that_lost_a_row_is_never_taken_for_the_whole_list(tmp_path: Path) -> None:
    """Each answer counts the rows that there are."""

    def edit(body: Any) -> Any:
        items = body["data"]["items"]
        return {**body, "data": {**body["data"], "items": items[1:] if items else items}}

    def strike(call: Call) -> Reply | None:
        return Reply(edit=edit) if call.path == story.LEDGER else None

    doubts = Doubts.of(archived(told(), tmp_path, fault=strike).outcome)

    assert any(gap.startswith("Ledger of all accounts: this list was not read to its end") for gap in doubts.gaps)


@pytest.mark.slow("two archives")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.campaign(one_of=5)
@pytest.mark.parametrize("moment", [3, 12, 30, 45, 70])
def test_a_run_that_is_killed_comes_to_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, young: Made, moment: int
) -> None:
    commits, commit = iter(range(moment)), State.commit

    def killed(*arguments: Any, **more: Any) -> None:
        if next(commits, None) is None:
            raise KilledError
        commit(*arguments, **more)

    with served(told()) as (account, _server):
        with monkeypatch.context() as patched:
            patched.setattr(State, "commit", killed)
            with pytest.raises(KilledError):
                make(account, tmp_path, whole=True)
        made = make(account, tmp_path, whole=True)

    assert {path.name: path.read_bytes() for path in (young.folder / "data/tables").iterdir()} == {
        path.name: path.read_bytes() for path in (made.folder / "data/tables").iterdir()
    }
