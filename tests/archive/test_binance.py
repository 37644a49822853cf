"""The archive of an account at Binance, compared with the story of its demo account."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from jsonschema import Draft202012Validator
from yarl import URL

from auditor import demo
from auditor.archive import verify as verifying
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus, ProofKind
from auditor.archive.session import archive_table
from auditor.archive.state import State
from auditor.archive.verify import verify
from auditor.demo.binance import story_rows as lists
from auditor.demo.binance.futures_story import ACCOUNTS, COIN_M, USD_M
from auditor.demo.binance.products_story import SWAPS
from auditor.demo.faults import Call, Reply
from auditor.exchanges.registry import load
from auditor.i18n import Translator
from auditor.transport.guard import AllowList, NotAllowedError
from tests.archive.archiving import NOW, Doubts, rows_of, served
from tests.archive.binance_archiving import archived, change_lists, exchange, make, told
from tests.archive.estimating import least_seconds
from tests.archive.test_exports import BEAN_CHECK, bean_check, koinly_sums, rotki_sums, sums
from tests.archive.test_resume import KilledError

WALLETS, FUTURES = ("sapi/v3/asset/getUserAsset", "sapi/v1/asset/get-funding-asset"), tuple(ACCOUNTS.values())
UNSUMMED = {
    *(lists.ORDERS, f"{lists.EARN}/rewardsRecord"),
    *(f"{one.site}/{name}" for one in (USD_M, COIN_M) for name in ("userTrades", "allOrders")),
}
"""Lists that only explain."""
ALLOWED = (Path(__file__).parent / "allowlists/binance.txt").read_text().splitlines()


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
    """The archive of an account that is younger than all that Binance gives."""
    with served(told()) as (configured, server):
        return Made(make(configured, tmp_path_factory.mktemp("young")), told(), server.calls)


def shown(account: demo.Account) -> dict[str, Decimal]:
    parts = [
        (row["asset"], row[name]) for path in WALLETS for row in account.books[path] for name in ("free", "locked")
    ]
    return sums([*parts, *((row["asset"], row["walletBalance"]) for path in FUTURES for row in account.books[path])])


def test_an_account_younger_than_every_reach_is_complete_by_sums(young: Made) -> None:
    outcome = young.archive.outcome

    assert (ArchiveStatus.COMPLETE, ProofKind.SUMMED) == (outcome.status, outcome.kind)
    assert Doubts((), ()) == Doubts.of(outcome)


def test_the_changes_in_the_ledger_come_to_the_balances_of_the_story(young: Made) -> None:
    rows = rows_of(young.folder, "ledger.csv")

    assert shown(young.account) == sums((row["asset"], row["change"]) for row in rows)
    assert {("", "summed")} == {(row["balance"], row["proof"]) for row in rows}
    assert {"spot", "funding", "UMFUTURE", "CMFUTURE"} == {row["wallet"] for row in rows}


def changes_of(row: Mapping[str, Any], path: str) -> int:
    """How many balances a row of the story changes, counted by hand."""
    if path == lists.DUST:
        return 2 * len(row["userAssetDribbletDetails"])
    if row.get("incomeType") == "TRANSFER":
        return 0  # The list of transfers has it.
    swaps = dict.fromkeys((swap[0] for swap in SWAPS), 2)
    several = {lists.FILLS: 3, lists.TRANSFERS: 2, lists.CONVERSIONS: 2, **swaps}
    return several.get(path, 0 if path in UNSUMMED else 1)


def test_orders_are_asked_for_in_the_pairs_with_trades_and_stand_in_their_table_once(young: Made) -> None:
    traded = {row["symbol"] for row in young.account.books[lists.FILLS]}
    orders = Counter(str(row["orderId"]) for row in young.account.books[lists.ORDERS])

    assert traded == {call.query["symbol"] for call in young.calls if call.path == lists.ORDERS}
    assert orders == Counter(
        row["id"] for row in rows_of(young.folder, "orders.csv") if row["kind"] == "spot" and row["state"] == "FILLED"
    )


def test_every_row_of_every_list_stands_in_the_ledger_once(young: Made) -> None:
    books = {path: young.account.books[path] for path in lists_of(young.account)}
    rows = rows_of(young.folder, "ledger.csv")

    assert sum(changes_of(row, path) for path, rows in books.items() for row in rows) == len(rows)
    assert len(rows) == len({row["id"] for row in rows})
    assert [row["exchange_time"] for row in rows] == sorted(row["exchange_time"] for row in rows)
    fills = Counter((row["symbol"], str(row["id"])) for row in books[lists.FILLS])
    for market in (USD_M, COIN_M):
        trades = young.account.books[f"{market.site}/userTrades"]
        fills.update((f"{row['symbol']} ({market.wallet})", str(row["id"])) for row in trades)
    assert fills == Counter((row["instrument"], row["trade_id"]) for row in rows_of(young.folder, "fills.csv"))


def test_a_trade_of_futures_names_its_result_and_its_fee(young: Made) -> None:
    rows = {row["id"]: row for row in rows_of(young.folder, "ledger.csv")}
    fills = [row for row in rows_of(young.folder, "fills.csv") if "-m)" in row["instrument"]]

    assert fills
    for row in fills:
        own = [rows[one] for one in row["ledger_ids"].split()]
        assert {(row["instrument"].split()[0], row["trade_id"])} == {
            (one["instrument"], one["trade_id"]) for one in own
        }


def test_a_fee_in_a_third_coin_is_a_change_of_its_own(young: Made) -> None:
    fill = next(row for row in young.account.books[lists.FILLS] if row["commissionAsset"] == "BNB")
    rows = [row for row in rows_of(young.folder, "ledger.csv") if row["trade_id"] == str(fill["id"])]

    assert ("fee", "BNB", Decimal(fill["commission"])) == (
        rows[2]["kind"],
        rows[2]["asset"],
        -Decimal(rows[2]["change"]),
    )
    assert {fill["symbol"]} == {row["instrument"] for row in rows}


def test_the_time_of_a_withdrawal_is_kept_as_the_exchange_writes_it(young: Made) -> None:
    """Its zone is stated nowhere: 2026-10-01 07:00:00 stands beside the row, and a remark says what it is taken for."""
    rows = [
        row for row in rows_of(young.folder, "ledger.csv") if row["kind"] == "withdrawal" and "Pay" not in row["id"]
    ]
    texts = [row["description"] for row in rows if row["id"].startswith("withdrawals:")]

    assert len(young.account.books[lists.WITHDRAWALS]) == len(texts)
    assert all(
        text[:10] == row["time"][:10] for text, row in zip(texts, (r for r in rows if r["description"]), strict=True)
    )
    assert any("without a zone" in str(note) for note in young.archive.outcome.notes)


def test_exports_add_up_to_the_story_without_what_was_moved_into_earn_and_out(young: Made) -> None:
    moved = [row for row in rows_of(young.folder, "ledger.csv") if row["kind"] in {"earn_in", "earn_out"}]
    expected = sums(
        [
            *((coin, str(amount)) for coin, amount in shown(young.account).items()),
            *((row["asset"], str(-Decimal(row["change"]))) for row in moved),
        ]
    )
    exports = young.folder / "data/exports"

    assert expected == koinly_sums(exports)
    assert expected == rotki_sums(exports)
    assert BEAN_CHECK is None or bean_check(exports / "binance.beancount") == (0, "")


def test_a_sealed_archive_verifies_and_an_altered_answer_does_not(young: Made, tmp_path: Path) -> None:
    with patch.object(verifying, "load", lambda _id: exchange(65)):
        assert ArchiveStatus.COMPLETE == verify(young.folder).outcome.status


def test_nothing_is_asked_but_the_key_the_lists_and_the_balances(young: Made) -> None:
    written = {line.rpartition(" ")[2][1:] for line in ALLOWED if line.startswith(("GET", "POST"))}
    never = {"api/v3/time", "sapi/v1/system/status"}

    assert {call.path for call in young.calls} <= written - never


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("GET", f"/fapi/v1/{name}/asyn") for name in ("income", "order", "trade")),
        *(("GET", f"/dapi/v1/{name}/asyn") for name in ("income", "order", "trade")),
        *(("GET", f"/papi/v1/um/{name}/asyn") for name in ("income", "order", "trade")),
        # Paths that are also read.
        ("POST", "/sapi/v1/margin/borrow-repay"),
        ("POST", "/sapi/v1/margin/isolated/account"),
        ("DELETE", "/sapi/v1/margin/isolated/account"),
        ("POST", "/sapi/v1/sub-account/universalTransfer"),
        ("GET", "/sapi/v1/soft-staking/set"),
        ("POST", "/sapi/v1/asset/transfer"),
        ("POST", "/sapi/v1/asset/dust"),
    ],
)
def test_nothing_that_makes_the_exchange_do_something_is_let_out(method: str, path: str) -> None:
    hosts = tuple(f"https://{name}.binance.com" for name in ("api", "fapi", "dapi", "eapi", "papi"))
    allow = AllowList.of(archive_table(load("binance")), hosts)
    for host in hosts:
        with pytest.raises(NotAllowedError):
            allow.check_request(method, URL(f"{host}{path}"))


@pytest.mark.slow("an archive of its own")
def test_an_account_older_than_the_lists_of_six_months_is_never_complete(tmp_path: Path) -> None:
    made = archived(told(days=250), tmp_path, days=260, translate=Translator("zh"))

    assert (ArchiveStatus.PARTIAL, ()) == (made.outcome.status, Doubts.of(made.outcome).faults)
    assert {"Transfers between wallets", "P2P orders"} <= {
        gap.partition(":")[0] for gap in Doubts.of(made.outcome).gaps
    }
    assert "钱包间划转" in (made.folder / "data/REPORT.md").read_text()


def doubts_of(account: demo.Account, to: Path, fault: demo.Fault | None = None) -> str:
    """What keeps an archive from being complete."""
    outcome = archived(account, to, fault=fault).outcome
    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, Doubts.of(outcome).faults)
    return "\n".join(Doubts.of(outcome).gaps)


@pytest.mark.slow("an archive of its own")
def test_a_hundred_conversions_of_dust_may_be_the_last_of_more(tmp_path: Path) -> None:
    last = told().books[lists.DUST][-1]
    rows = [{**last, "transId": number, "userAssetDribbletDetails": []} for number in range(1, 100)]
    account = told().with_(books={**told().books, lists.DUST: [*rows, *told().books[lists.DUST][:1]]})

    assert "the exchange gives the last 100 rows" in doubts_of(account, tmp_path)


@pytest.mark.slow("an archive of its own")
def test_a_wallet_without_lists_here_is_named_where_anything_moved_to_it_or_lies_in_it(tmp_path: Path) -> None:
    row = {"asset": "USDT", "amount": "5", "type": "MAIN_MARGIN", "status": "CONFIRMED", "tranId": 9, "timestamp": 0}
    when = told().books[lists.TRANSFERS][0]["timestamp"]
    moved = [*told().books[lists.TRANSFERS], {**row, "timestamp": when}]
    totals = [{"walletName": "Trading Bots", "balance": "0.1", "activate": True}]
    books = {**told().books, lists.TRANSFERS: moved, "sapi/v1/asset/wallet/balance": totals}
    gaps = doubts_of(told().with_(books=books), tmp_path)

    assert "Cross Margin: this account used it" in gaps
    assert "Trading Bots: there is something in it" in gaps


def futures_doubts(tmp_path: Path, account: demo.Account, **options: Any) -> tuple[ArchiveStatus, str]:
    """How the archive of an account ends, and what keeps it from being complete."""
    outcome = archived(account, tmp_path, **options).outcome
    return outcome.status, "\n".join(Doubts.of(outcome).gaps)


def without_futures(account: demo.Account) -> demo.Account:
    """The account as it would be without any futures: what it moved there never left Spot."""
    books = {path: rows for path, rows in account.books.items() if not path.startswith(("fapi", "dapi"))}
    transfers = [row for row in books[lists.TRANSFERS] if "FUTURE" not in row["type"]]
    moved = [row for row in account.books[lists.TRANSFERS] if "FUTURE" in row["type"]]
    held = {row["asset"]: dict(row) for row in books[WALLETS[0]]}
    for row in moved:
        sign = 1 if row["type"].startswith("MAIN") else -1
        spot = held[row["asset"]]
        spot["free"] = format(Decimal(spot["free"]) + sign * Decimal(row["amount"]), "f")
    return account.with_(books={**books, lists.TRANSFERS: transfers, WALLETS[0]: list(held.values())})


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize("enabled", [True, False])
def test_an_account_that_never_had_futures_is_complete(tmp_path: Path, *, enabled: bool) -> None:
    """Binance answers with nothing where futures are switched on, and refuses everything where they are not."""
    account = without_futures(told())
    books = {**account.books, "sapi/v1/account/info": [{"isFutureEnabled": enabled}]}
    made = archived(account.with_(books=books), tmp_path)

    assert (ArchiveStatus.COMPLETE, Doubts((), ())) == (made.outcome.status, Doubts.of(made.outcome))


@pytest.mark.slow("an archive of its own")
def test_futures_that_are_refused_though_something_was_moved_there_leave_the_archive_open(tmp_path: Path) -> None:
    books = {**told().books, "sapi/v1/account/info": [{"isFutureEnabled": False}]}
    status, gaps = futures_doubts(tmp_path, told().with_(books=books))

    assert ArchiveStatus.PARTIAL == status
    assert "USDⓈ-M Futures: income: this list was not read to its end" in gaps


@pytest.mark.slow("an archive of its own")
def test_futures_used_before_the_last_three_months_leave_the_archive_open(tmp_path: Path) -> None:
    """The account is younger than the lists of six months. What it moved to futures and back is all that is known."""
    account, before = told(days=150), int(NOW.timestamp() * 1000) - 120 * 24 * 3600 * 1000
    row = {"asset": "USDT", "amount": "5", "status": "CONFIRMED", "timestamp": before}
    moved = [
        {**row, "type": "MAIN_UMFUTURE", "tranId": 1},
        {**row, "type": "UMFUTURE_MAIN", "tranId": 2, "timestamp": before + 60_000},
    ]
    books = {**account.books, lists.TRANSFERS: [*account.books[lists.TRANSFERS], *moved]}
    status, gaps = futures_doubts(tmp_path, account.with_(books=books), days=160)

    assert ArchiveStatus.PARTIAL == status
    assert "USDⓈ-M Futures: income: the exchange's list goes back this far: the last 3 months" in gaps
    assert "USDⓈ-M Futures: Binance's API gives its income of three months" in gaps
    assert "COIN-M Futures: income" not in gaps


@pytest.mark.slow("an archive of its own")
def test_what_lies_in_futures_that_are_refused_leaves_the_archive_open(tmp_path: Path) -> None:
    account = without_futures(told())
    totals = [{"walletName": "USDⓈ-M Futures", "balance": "0.1", "activate": True}]
    books = {"sapi/v1/account/info": [{"isFutureEnabled": False}], "sapi/v1/asset/wallet/balance": totals}
    status, gaps = futures_doubts(tmp_path, account.with_(books={**account.books, **books}))

    assert (
        ArchiveStatus.PARTIAL,
        "USDⓈ-M Futures: there is something in it, and its changes are not added up here.",
    ) == (
        status,
        gaps,
    )


@pytest.mark.slow("an archive of its own")
def test_an_account_of_five_months_that_never_had_futures_is_complete(tmp_path: Path) -> None:
    made = archived(without_futures(told(days=150)), tmp_path, days=160)

    assert (ArchiveStatus.COMPLETE, Doubts((), ())) == (made.outcome.status, Doubts.of(made.outcome))


@pytest.mark.slow("an archive of its own")
def test_a_sub_account_of_five_months_may_have_had_futures_before(tmp_path: Path) -> None:
    """Its main account can have paid into them, which no list of the sub-account shows."""
    account = replace(without_futures(told(days=150)), main_uid="1")
    status, gaps = futures_doubts(tmp_path, account, days=160)

    assert ArchiveStatus.PARTIAL == status
    assert "USDⓈ-M Futures: income: the exchange's list goes back this far: the last 3 months" in gaps


@pytest.mark.slow("an archive of its own")
def test_what_came_into_futures_by_itself_and_from_elsewhere_is_counted_from_its_income(tmp_path: Path) -> None:
    """A bonus, and a transfer that no list of transfers has, such as from a sub-account: each once."""
    first = told().books[USD_M.income][0]
    rows = [
        {**first, "incomeType": "WELCOME_BONUS", "income": "3", "tranId": 1, "info": ""},
        {**first, "income": "70", "tranId": 2},
    ]
    (shown_,) = told().books[ACCOUNTS["usd-m"]]
    more = [{**shown_, "walletBalance": format(Decimal(shown_["walletBalance"]) + 73, "f")}]
    books = {**told().books, USD_M.income: [*told().books[USD_M.income], *rows], ACCOUNTS["usd-m"]: more}
    made = archived(told().with_(books=books), tmp_path)

    assert (ArchiveStatus.COMPLETE, Doubts((), ())) == (made.outcome.status, Doubts.of(made.outcome))


@pytest.mark.slow("an archive of its own")
def test_income_that_is_missing_shows_in_the_sums(tmp_path: Path) -> None:
    rows = [row for row in told().books[USD_M.income] if row["incomeType"] != "FUNDING_FEE"]
    status, gaps = futures_doubts(tmp_path, told().with_(books={**told().books, USD_M.income: rows}))

    assert ArchiveStatus.PARTIAL == status
    assert "USDⓈ-M Futures USDT: the changes here come to" in gaps


def test_trades_of_futures_are_asked_for_only_in_contracts_that_income_names(young: Made) -> None:
    for path, name, values in (
        ("fapi/v1/userTrades", "symbol", {"BTCUSDT"}),
        ("dapi/v1/allOrders", "pair", {"BTCUSD"}),
    ):
        asked = [call.query for call in young.calls if call.path == path]

        assert values == {query[name] for query in asked}
        week = 7 * 24 * 3600 * 1000
        assert all(0 < int(one["endTime"]) - int(one["startTime"]) <= week for one in asked)


@pytest.mark.slow("an archive of its own")
def test_fills_of_one_symbol_that_are_refused_leave_all_fills_open(tmp_path: Path) -> None:
    def refuse(call: Call) -> Reply | None:
        is_it = call.path == lists.FILLS and call.query.get("symbol") == "LTCBTC"
        return Reply(status=400, body=json.dumps({"code": -1121, "msg": "Invalid symbol."}).encode()) if is_it else None

    assert "Spot trades: this list was not read to its end" in doubts_of(told(), tmp_path, refuse)


@pytest.mark.slow("an archive of its own")
def test_a_symbol_that_is_no_longer_named_shows_in_the_sums(tmp_path: Path) -> None:
    def forget(call: Call) -> Reply | None:
        def edit(body: Any) -> Any:
            return {**body, "symbols": [row for row in body["symbols"] if row["symbol"] != "SOLUSDT"]}

        return Reply(edit=edit) if call.path == "api/v3/exchangeInfo" else None

    assert "SOL: the changes here come to" in doubts_of(told(), tmp_path, forget)


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data/tables").iterdir()}


@pytest.mark.slow("two archives")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.campaign(one_of=50)
@pytest.mark.parametrize("seed", range(50))
def test_a_run_that_is_killed_goes_on_and_comes_to_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, young: Made, seed: int
) -> None:
    commits = iter(range(Random(seed).randrange(2, 100)))
    commit = State.commit

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

    assert ArchiveStatus.COMPLETE == made.outcome.status
    assert tables(young.folder) == tables(made.folder)


def test_the_time_that_limits_take_is_that_of_the_slowest_list(tmp_path: Path) -> None:
    """Fiat orders: 3437 days since July 2017 in windows of 89, both directions, four of them a minute."""
    history = load("binance").history
    assert history is not None

    assert 39 * 2 * 15 == least_seconds(history, tmp_path, NOW)


def lists_of(account: demo.Account) -> list[str]:
    """Paths of the lists in which something of an account stands that changed a balance."""
    others = {*WALLETS, *FUTURES, *UNSUMMED, "sapi/v1/account/info"}
    return sorted(path for path, rows in account.books.items() if rows and path not in others)


@pytest.mark.slow("an archive each")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize("status", [429, 503])
def test_a_refusal_that_passes_leaves_no_trace(status: int, young: Made, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()

    def refuse(call: Call) -> Reply | None:
        seen[call.path] += 1
        body = json.dumps({"code": -1003, "msg": "Too many requests."}).encode()
        return Reply(status=status, body=body) if seen[call.path] == 1 and call.path in lists_of(told()) else None

    made = archived(told(), tmp_path, fault=refuse)

    assert ArchiveStatus.COMPLETE == made.outcome.status
    assert tables(young.folder) == tables(made.folder)


def test_the_report_names_the_kind_of_proof_and_the_document_follows_its_schema(young: Made) -> None:
    report = (young.folder / "data/REPORT.md").read_text()
    document = json.loads((young.folder / "data/archive.json").read_text())
    Draft202012Validator(json.loads((young.folder / "data/archive.schema.json").read_text())).validate(document)

    assert "**Complete, by sums: from nothing, all changes come to every balance" in report
    assert "the balance without the change is the balance of the row before" not in report
    assert "summed" == document["proof"]
    assert {one.id for one in change_lists()} <= {one["id"] for one in document["lists"]}
