"""The archive of an account at Coinbase, compared with the story that it was generated from."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from yarl import URL

from auditor import demo
from auditor.archive.document import facts_in, read_document
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus, Outcome, ProofKind, judge
from auditor.archive.proof import prove
from auditor.archive.raw import answers, member, places
from auditor.archive.session import archive_table
from auditor.archive.state import State
from auditor.archive.verify import verify
from auditor.demo.coinbase.story import NAMES
from auditor.demo.coinbase.story_rows import FILLS, ORDERS, TRANSACTIONS, WALLETS
from auditor.demo.faults import Call, Reply
from auditor.exchanges.registry import load
from auditor.i18n import Translator
from auditor.transport.guard import AllowList, NotAllowedError
from tests.archive.archiving import NOW, Doubts, rows_of, served
from tests.archive.coinbase_archiving import archived, make, told
from tests.archive.test_exports import BEAN_CHECK, bean_check, sums
from tests.archive.test_resume import KilledError

ALLOWED = (Path(__file__).parent / "allowlists/coinbase.txt").read_text().splitlines()
PORTFOLIOS, FUTURES = "/api/v3/brokerage/portfolios", "/api/v3/brokerage/cfm/balance_summary"
Rows = list[dict[str, Any]]


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
def whole(tmp_path_factory: pytest.TempPathFactory) -> Made:
    with served(told()) as (configured, server):
        return Made(make(configured, tmp_path_factory.mktemp("coinbase")), told(), server.calls)


def completed(account: demo.Account) -> Rows:
    return [row for row in account.books[TRANSACTIONS] if row["status"] == "completed"]


def test_an_account_is_complete_by_sums_and_no_more(whole: Made) -> None:
    outcome = whole.archive.outcome

    assert (ArchiveStatus.COMPLETE, ProofKind.SUMMED) == (outcome.status, outcome.kind)
    assert Doubts((), ()) == Doubts.of(outcome)
    assert ArchiveStatus.COMPLETE == verify(whole.folder).outcome.status


def test_balances_are_those_of_the_storys_wallets(whole: Made) -> None:
    shown = sums((row["balance"]["currency"], row["balance"]["amount"]) for row in whole.account.books[WALLETS])
    found = {row["asset"]: Decimal(row["closing"]) for row in rows_of(whole.folder, "balances.csv")}

    assert shown == {coin: amount for coin, amount in found.items() if amount}
    assert {coin for _name, coin in NAMES.values()} == set(found)


def test_every_completed_transaction_stands_in_the_ledger_once_with_its_own_amount(whole: Made) -> None:
    rows = rows_of(whole.folder, "ledger.csv")
    expected = Counter((row["id"], row["type"], row["amount"]["amount"]) for row in completed(whole.account))
    found = Counter((row["id"].split(":")[1], row["type"], row["change"]) for row in rows)

    plain = Counter({(number, kind, short(size)): count for (number, kind, size), count in expected.items()})
    assert plain == Counter({(number, kind, short(size)): count for (number, kind, size), count in found.items()})


def short(size: str) -> Decimal:
    return Decimal(size).normalize()


def test_fills_and_orders_stand_in_their_tables_and_are_not_counted_again(whole: Made) -> None:
    fills = {row["trade_id"] for row in whole.account.books[FILLS]}

    assert fills == {row["trade_id"] for row in rows_of(whole.folder, "fills.csv")}
    assert len(whole.account.books[ORDERS]) == len(rows_of(whole.folder, "orders.csv"))
    trades = [row for row in rows_of(whole.folder, "ledger.csv") if row["type"] == "advanced_trade_fill"]
    assert 2 * len(fills) == len(trades)


def test_the_fill_of_an_order_names_both_transactions(whole: Made) -> None:
    expected: dict[str, set[str]] = {}
    for row in rows_of(whole.folder, "ledger.csv"):
        if row["type"] == "advanced_trade_fill":
            expected.setdefault(row["order_id"], set()).add(row["id"])

    fills = rows_of(whole.folder, "fills.csv")
    assert {2} == {len(ids) for ids in expected.values()}
    assert expected == {row["order_id"]: set(row["ledger_ids"].split()) for row in fills}


def test_what_was_sent_and_received_names_its_transaction(whole: Made) -> None:
    rows = {row["id"]: row for row in rows_of(whole.folder, "ledger.csv")}
    moved = rows_of(whole.folder, "movements.csv")

    assert moved
    assert [row["id"] for row in moved] == [row["ledger_ids"].split(":")[1] for row in moved]
    assert [row["credited"] for row in moved] == [rows[row["ledger_ids"]]["time"] for row in moved]


def test_the_network_s_fee_is_inside_what_a_send_took(whole: Made) -> None:
    send = next(row for row in completed(whole.account) if "transaction_fee" in row.get("network", {}))
    (row,) = [row for row in rows_of(whole.folder, "movements.csv") if row["id"] == send["id"]]
    network = send["network"]

    expected = (network["transaction_amount"]["amount"], network["transaction_fee"]["amount"], network["hash"])
    assert [Decimal(one) for one in expected[:2]] == [Decimal(row["amount"]), Decimal(row["fee"])]
    assert ("withdrawal", expected[2], "demo-address") == (row["kind"], row["txid"], row["address"])


def test_a_transfer_between_two_wallets_is_one_transfer_of_two_rows(whole: Made) -> None:
    """Bitcoin moved into the vault and out of it, staked SOL: no export takes them for deposits and withdrawals."""
    rows = rows_of(whole.folder, "transfers.csv")
    halves = [one for row in rows for one in row["ledger_ids"].split()]
    ids = {row["id"] for row in rows_of(whole.folder, "ledger.csv")}
    types = {"transfer", "vault_withdrawal", "staking_transfer", "unstaking_transfer"}

    assert sum(row["type"] in types for row in completed(whole.account)) == len(set(halves)) == len(halves)
    assert ids >= set(halves)
    assert ("BTC Wallet", "BTC Vault") in {(row["from_account"], row["to_account"]) for row in rows}
    assert "Transfers whose other half is not here" not in (whole.folder / "data/REPORT.md").read_text()


def test_exports_are_accepted_by_beancount(whole: Made) -> None:
    assert BEAN_CHECK is None or bean_check(whole.folder / "data/exports/coinbase.beancount") == (0, "")


def test_what_an_archive_may_send_is_what_was_written_down_by_hand(whole: Made) -> None:
    written = {tuple(line.split()) for line in ALLOWED if line.startswith(("GET ", "POST "))}
    hosts = {"derivatives": "drb.coinbase.com", "api": "api.coinbase.com"}
    table = archive_table(load("coinbase"))
    sent = {(one.method, hosts[one.site.service] if one.site else "", one.full_path("")) for one in table.endpoints()}

    assert written == sent
    never = {"/api/v3/brokerage/time", "/api/v2/public/auth", "/api/v2/public/status"}
    assert {path for _method, _host, path in written} - never == {call.path for call in whole.calls} - never


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v3/brokerage/portfolios"),
        ("POST", "/v2/accounts/demo-btc/transactions"),
        ("DELETE", "/api/v3/brokerage/cfm/sweeps"),
        ("GET", "/v2/accounts/demo-btc/transactions/demo-1"),
    ],
)
def test_nothing_that_makes_the_exchange_do_something_is_let_out(method: str, path: str) -> None:
    allow = AllowList.of(archive_table(load("coinbase")), ["https://api.coinbase.com"])
    with pytest.raises(NotAllowedError):
        allow.check_request(method, URL(f"https://api.coinbase.com{path}"))


def gaps_of(account: demo.Account, to: Path, fault: demo.Fault | None = None, **request: Any) -> str:
    """What keeps an archive from being complete, though nothing contradicts."""
    outcome = archived(account, to, fault=fault, **request).outcome
    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, Doubts.of(outcome).faults)
    return "\n".join(Doubts.of(outcome).gaps)


def small() -> demo.Account:
    """An account with a short history."""
    return told(events=24)


def with_transaction(account: demo.Account, **fields: Any) -> demo.Account:
    row = {**completed(account)[0], "@account": "demo-btc", "id": "demo-further", **fields}
    return account.with_(books={**account.books, TRANSACTIONS: [row, *account.books[TRANSACTIONS]]})


def test_a_transaction_that_the_exchange_leaves_out_is_a_named_gap(tmp_path: Path) -> None:
    """As at the three coins of a real account: nothing here is wrong, and it is not complete."""
    left_out = next(row for row in completed(small()) if row["type"] == "buy" and row["amount"]["currency"] == "BTC")
    books = {**small().books, TRANSACTIONS: [row for row in small().books[TRANSACTIONS] if row != left_out]}
    made = archived(small().with_(books=books), tmp_path, translate=Translator("zh"))
    gaps = "\n".join(Doubts.of(made.outcome).gaps)

    assert (ArchiveStatus.PARTIAL, ()) == (made.outcome.status, Doubts.of(made.outcome).faults)
    assert "Wallets and vaults BTC: the changes here come to" in gaps
    assert "transactions that Coinbase's own list leaves out" in gaps
    assert "被 Coinbase 自己的列表遗漏的交易" in (made.folder / "data/REPORT.md").read_text()


def test_portfolios_futures_pro_and_a_send_under_way_are_named(tmp_path: Path) -> None:
    other = {"name": "Robot", "uuid": "other-demo", "type": "CONSUMER", "deleted": True}
    figures = {
        name: {"value": "0", "currency": "USD"}
        for name in (
            *("cfm_usd_balance", "total_open_orders_hold_amount", "initial_margin", "unrealized_pnl"),
            "total_pending_transfers_amount",
        )
    }
    summary = {**figures, "cfm_usd_balance": {"value": "12.5", "currency": "USD"}}
    pro = with_transaction(small(), type="pro_deposit", amount={"amount": "-0.00000000", "currency": "BTC"})
    pro = with_transaction(pro, type="send", status="pending", id="demo-under-way")
    books = {**pro.books, PORTFOLIOS: [other], FUTURES: [summary]}
    gaps = gaps_of(pro.with_(books=books), tmp_path)

    assert "Portfolios of which no wallet is listed: what these rows change is not known for certain: Robot." in gaps
    assert "US futures: there is something in it" in gaps
    assert "Coinbase Pro or Coinbase Exchange: this account used it, and its own changes are not added up here" in gaps
    assert "not known for certain: send, pending" in gaps


def test_staked_coins_whose_wallet_is_not_listed_are_named(tmp_path: Path) -> None:
    """Coinbase has left such wallets out of its list: their rewards are in no transaction here."""
    kept = [row for row in small().books[WALLETS] if row["id"] != "demo-staked-sol"]
    gaps = gaps_of(small().with_(books={**small().books, WALLETS: kept}), tmp_path)

    text = "Staking, in a wallet that Coinbase does not list: this account used it, and its own changes are not added"
    assert text == gaps[: len(text)]


def refusing(path: str, status: int, body: object) -> demo.Fault:
    def refuse(call: Call) -> Reply | None:
        return Reply(status=status, body=json.dumps(body).encode()) if call.path == path else None

    return refuse


def test_transactions_of_one_wallet_that_are_refused_and_fills_that_are_withheld_end_a_partial_archive(
    tmp_path: Path,
) -> None:
    """In the European Union fills are withheld until users prove who they are."""
    body = json.dumps({"errors": [{"id": "validation_error", "message": "Unknown currency"}]}).encode()
    withheld = json.dumps({"fills": [], "cursor": "", "proof_token_required": True}).encode()

    def refuse(call: Call) -> Reply | None:
        if call.path == TRANSACTIONS and call.query.get("account_id") == "NMR":
            return Reply(status=400, body=body)
        return Reply(status=200, body=withheld) if call.path == FILLS else None

    gaps = gaps_of(small(), tmp_path, refuse)
    assert "Transactions of every wallet: this list was not read to its end" in gaps
    assert "Fills of Advanced: this list was not read to its end." in gaps
    assert "the list is withheld until you prove who you are in the app" in gaps


def test_an_archive_since_a_day_is_never_complete_though_no_list_could_be_ended_there(tmp_path: Path) -> None:
    """No list promises an order, so that all days are read. The wallets are older, and come in pages of three."""
    account = small().with_key(**{"@page": 3})
    with served(account) as (configured, server):
        made = make(configured, tmp_path, since=NOW - timedelta(days=30))

    day = (NOW - timedelta(days=30)).date()
    gap = f"This archive was begun with --since {day}: only one without it can be complete."
    assert (ArchiveStatus.PARTIAL, Doubts((), (gap,))) == (made.outcome.status, Doubts.of(made.outcome))
    assert "Run it again without --since" in (made.folder / "data/REPORT.md").read_text()
    assert ArchiveStatus.PARTIAL == verify(made.folder).outcome.status
    asked = {call.query["account_id"] for call in server.calls if call.path == TRANSACTIONS}
    assert {row["id"] for row in account.books[WALLETS]} == asked


def test_a_wallet_that_is_first_used_while_the_archive_is_made_is_in_it(tmp_path: Path) -> None:
    """What came into it went out again, so that no balance tells."""
    sizes = {"demo-came": "0.5", "demo-went": "-0.5"}
    came = small()
    for number, size in sizes.items():
        money = {"amount": size, "currency": "NMR"}
        came = with_transaction(came, id=number, type="send", amount=money, **{"@account": "NMR"})
    asked = iter(range(2))

    def hide(call: Call) -> Reply | None:
        """Before the lists and as the first of them, wallets are listed without it."""
        is_early = call.path == WALLETS and next(asked, None) is not None
        return Reply(edit=without_the_new_one) if is_early else None

    def without_the_new_one(body: Any) -> Any:
        return {**body, "data": [row for row in body["data"] if row["id"] != "NMR"]}

    made = archived(came, tmp_path, fault=hide)

    assert ArchiveStatus.COMPLETE == made.outcome.status
    assert set(sizes) <= {row["id"].split(":")[1] for row in rows_of(made.folder, "ledger.csv")}


def test_no_wallet_and_no_portfolio_is_no_answer(tmp_path: Path) -> None:
    gaps = gaps_of(small(), tmp_path, refusing(WALLETS, 200, {"data": [], "pagination": {"next_uri": None}}))

    assert "its balances could not be read" in gaps
    assert "no wallet is listed" in gaps
    assert "Transactions of every wallet: this list was not read to its end." in gaps


Edit = Callable[[Rows], Rows]


def renumbered(rows: Rows, name: str) -> Rows:
    return [{**rows[0], name: "demo-again"}, *rows]


def struck(file: Path, name: str, edit: Edit) -> None:
    """Alter the first page of a file of raw answers."""
    kept = [answer for _line, answer in answers(file, places(file), forward=True)]
    body = json.loads(kept[0].body)
    kept[0] = replace(kept[0], body=json.dumps({**body, name: edit(body[name])}), sha256="")
    file.write_bytes(b"".join(map(member, kept)))


def judged(folder: Path, to: Path) -> Outcome:
    """What raw answers come to once more."""
    facts, exchange = facts_in(read_document(folder)), load("coinbase")
    return judge(facts, prove(folder, exchange, to, facts), exchange)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of few rows, whose raw answers are altered one by one."""
    folder = tmp_path_factory.mktemp("struck") / "archive"
    shutil.copytree(archived(small(), tmp_path_factory.mktemp("short")).folder, folder)
    return folder


def outcome_of(copied: Path, to: Path, strikes: Mapping[str, tuple[str, Edit]]) -> Outcome:
    files = {copied / f"data/raw/{list_id}/000.jsonl.gz": strike for list_id, strike in strikes.items()}
    before = {file: file.read_bytes() for file in files}
    for file, (name, edit) in files.items():
        struck(file, name, edit)
    outcome = judged(copied, to)
    for file, content in before.items():
        file.write_bytes(content)
    return outcome


def test_a_pair_that_cancels_out_is_missed_in_each_wallet(copied: Path, tmp_path: Path) -> None:
    """Coins moved into staking and both halves lost: together nothing is missing, in each wallet something is."""

    def lose(rows: Rows) -> Rows:
        return [row for row in rows if row["type"] != "staking_transfer"]

    names = ("demo-sol", "demo-staked-sol")
    outcome = outcome_of(copied, tmp_path, {f"transactions--{name}": ("data", lose) for name in names})

    assert ArchiveStatus.PARTIAL == outcome.status
    assert Doubts.of(outcome).gaps[0].endswith("not known for certain: SOL Wallet, Staked SOL.")


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda rows: rows[1:], "Fills of Advanced: rows of the ledger that are not in this list: 2"),
        (lambda rows: renumbered(rows, "entry_id"), "Fills of Advanced: rows that no ledger here shows: 1"),
    ],
    ids=["lost", "doubled"],
)
def test_a_fill_and_its_transactions_belong_together(edit: Edit, words: str, copied: Path, tmp_path: Path) -> None:
    outcome = outcome_of(copied, tmp_path, {"fills": ("fills", edit)})

    assert ArchiveStatus.PARTIAL == outcome.status
    assert any(gap.startswith(words) for gap in Doubts.of(outcome).gaps)


@pytest.mark.slow("an archive of its own")
def test_a_page_of_wallets_that_was_lost_leaves_their_balances_unread(tmp_path: Path) -> None:
    """Eight wallets in pages of three, the second of which is gone."""
    account = small().with_key(**{"@page": 3})
    folder = archived(account, tmp_path).folder
    file = folder / "data/raw/anchor/000.jsonl.gz"
    kept = [answer for _line, answer in answers(file, places(file), forward=True)]
    pages = [answer for answer in kept if answer.path == WALLETS]
    file.write_bytes(b"".join(member(answer) for answer in kept if answer is not pages[-2]))

    # Asked for before and after the transactions.
    assert 6 == len(pages)
    assert "its balances could not be read" in "\n".join(Doubts.of(judged(folder, tmp_path / "tables")).gaps)


SERVED: Mapping[str, Callable[[Any], Any]] = {
    "a page that says it is the last": lambda body: {
        **body,
        "pagination": {**body["pagination"], "next_uri": None, "next_starting_after": None},
    },
    "a page that leads to itself": lambda body: {
        **body,
        "pagination": {**body["pagination"], "next_uri": "/v2?starting_after=1", "next_starting_after": "1"},
    },
}


@pytest.mark.slow("an archive each")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize("fault", SERVED)
@pytest.mark.parametrize("wallet", ["demo-usd", "demo-btc", "demo-sol"])
def test_transactions_that_are_served_with_a_fault_never_end_complete(wallet: str, fault: str, tmp_path: Path) -> None:
    """Pages have two rows; the fault is in the first one."""

    def strike(call: Call) -> Reply | None:
        is_it = (call.path, call.query.get("account_id"), call.query.get("starting_after")) == (
            TRANSACTIONS,
            wallet,
            None,
        )
        return Reply(edit=SERVED[fault]) if is_it else None

    outcome = archived(small().with_key(**{"@page": 2}), tmp_path, fault=strike).outcome

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, Doubts.of(outcome).faults)


@pytest.mark.slow("an archive of its own")
def test_refusals_that_pass_leave_no_trace(copied: Path, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()

    def refuse(call: Call) -> Reply | None:
        seen[call.path] += 1
        body = json.dumps({"errors": [{"id": "rate_limit_exceeded", "message": "Too many requests"}]}).encode()
        status = {1: 429, 2: 503}.get(seen[call.path])
        return Reply(status=status, body=body) if status is not None and call.path.startswith("/v2") else None

    made = archived(small(), tmp_path, fault=refuse)

    assert ArchiveStatus.COMPLETE == made.outcome.status
    assert tables(copied) == tables(made.folder)


@pytest.mark.slow("two archives")
def test_a_run_that_is_killed_goes_on_and_comes_to_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copied: Path
) -> None:
    commits, commit = iter(range(19)), State.commit

    def killed(*arguments: Any, **more: Any) -> None:
        if next(commits, None) is None:
            raise KilledError
        commit(*arguments, **more)

    with served(small()) as (account, _exchange):
        with monkeypatch.context() as patched:
            patched.setattr(State, "commit", killed)
            with pytest.raises(KilledError):
                make(account, tmp_path)
        made = make(account, tmp_path)

    assert ArchiveStatus.COMPLETE == made.outcome.status
    assert tables(copied) == tables(made.folder)


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data/tables").iterdir()}
