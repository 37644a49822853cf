"""The archive of an account at Gate, compared with the story that it was generated from."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from yarl import URL

from auditor import demo
from auditor.archive import comparison, run
from auditor.archive import verify as verifying
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus, Outcome, ProofKind
from auditor.archive.session import archive_table
from auditor.archive.state import State
from auditor.archive.verify import verify
from auditor.demo.faults import Call, Reply
from auditor.demo.gate.history_endpoints import BASE
from auditor.demo.gate.story import DELIVERY, FUTURES, OPTIONS, SPOT
from auditor.exchanges.registry import load
from auditor.transport.guard import AllowList, NotAllowedError
from tests.archive.archiving import Doubts, rows_of, served
from tests.archive.gate_archiving import archived, exchange, make, told
from tests.archive.test_exports import koinly_sums, rotki_sums, sums
from tests.archive.test_resume import KilledError

ALLOWED = (Path(__file__).parent / "allowlists/gate.txt").read_text().splitlines()
WRITTEN = {tuple(line.split()) for line in ALLOWED if line.startswith(("GET ", "POST "))}
LEDGERS = {"spot": SPOT, "futures-usdt": FUTURES, "delivery": DELIVERY, "options": OPTIONS}
SPOT_BALANCES, UNIFIED = f"{BASE}spot/accounts", f"{BASE}unified/accounts"
DEPOSITS, WITHDRAWALS, PUSHES = (f"{BASE}wallet/{name}" for name in ("deposits", "withdrawals", "push"))
Rows = list[Any]


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
    with served(told()) as (configured, server):
        made = make(configured, tmp_path_factory.mktemp("gate"), exchange(whole=True))
        return Made(made, told(), server.calls)


def few(events: int = 20) -> demo.Account:
    """An account of less than one time window, with BTC, Earn, options and delivery in it."""
    return told(events, days=20)


def outcome_of(account: demo.Account, to: Path) -> Outcome:
    """What the archive of such an account comes to."""
    return archived(account, to, exchange(25)).outcome


def is_point(row: Mapping[str, Any]) -> bool:
    return str(row["type"]).startswith("point_")


def newest_balances(account: demo.Account) -> dict[tuple[str, str], Decimal]:
    found = {("spot", row["currency"]): Decimal(row["balance"]) for row in reversed(account.books[SPOT])}
    for wallet, path in LEDGERS.items():
        for row in reversed(account.books[path] if path != SPOT else []):
            found[wallet, "POINT" if is_point(row) else "USDT"] = Decimal(row["balance"])
    return found


def test_an_account_is_complete_back_to_its_first_row(whole: Made) -> None:
    outcome = whole.archive.outcome

    assert (ArchiveStatus.COMPLETE, ProofKind.PROVED) == (outcome.status, outcome.kind)
    assert Doubts((), ()) == Doubts.of(outcome)


def test_the_balances_are_those_of_the_story_digit_for_digit(whole: Made) -> None:
    rows = rows_of(whole.folder, "balances.csv")
    told_balances = newest_balances(whole.account)

    assert told_balances == {(row["wallet"], row["asset"]): Decimal(row["closing"]) for row in rows}
    assert {("futures-usdt", "POINT"), ("options", "USDT"), ("spot", "GT")} <= set(told_balances)


def test_every_row_of_every_ledger_is_there_once_with_its_digits(whole: Made) -> None:
    rows = [(row["wallet"], row["change"], row["balance"]) for row in rows_of(whole.folder, "ledger.csv")]

    assert Counter(rows) == Counter(
        (wallet, row["change"], row["balance"]) for wallet, path in LEDGERS.items() for row in whole.account.books[path]
    )


def test_rows_with_a_time_in_seconds_stand_between_those_in_milliseconds(whole: Made) -> None:
    """One of a second that began before a finer time is not out of order."""
    moments = [int(row["exchange_time"]) for row in rows_of(whole.folder, "ledger.csv") if row["wallet"] == "spot"]
    times = [row["time"] for row in whole.account.books[SPOT]]

    milliseconds = [time if time > 10**11 else time * 1000 for time in times]

    assert [time // 1000 * 1000 for time in reversed(milliseconds)] == moments
    assert any(newer < older for newer, older in pairwise(milliseconds))


def test_what_went_to_contracts_and_back_is_one_transfer(whole: Made) -> None:
    moves = Counter(
        tuple(sorted((row["from_wallet"], row["to_wallet"])))
        for row in rows_of(whole.folder, "transfers.csv")
        if not row["from_account"]
    )

    for wallet in ("futures-usdt", "delivery", "options"):
        assert (
            sum(row["type"] == "dnw" for row in whole.account.books[LEDGERS[wallet]])
            == (moves[tuple(sorted((wallet, "spot")))])
        )


def test_everything_in_the_story_is_called_something(whole: Made) -> None:
    kinds = {row["kind"] for row in rows_of(whole.folder, "ledger.csv")}
    money = {"deposit", "withdrawal", "transfer", "subaccount", "p2p", "airdrop", "rebate", "reward"}

    assert money | {"trade", "fee", "conversion", "earn_in", "earn_out", "pnl", "funding", "settlement"} == kinds


def test_every_other_table_has_rows(whole: Made) -> None:
    for table in ("fills", "orders", "positions", "products", "conversions", "income", "movements", "transfers"):
        assert rows_of(whole.folder, f"{table}.csv"), table


def test_fills_name_the_rows_of_the_ledger_that_are_of_their_order_or_trade(whole: Made) -> None:
    """An order of spot with its two coins and its fee; a trade of a contract with its result and its fee."""
    rows = {(row["wallet"], row["id"]): row for row in rows_of(whole.folder, "ledger.csv")}
    fills = rows_of(whole.folder, "fills.csv")
    spot = [row for row in fills if row["amount_unit"] == "coin"]

    assert spot
    for row in spot:
        own = [rows["spot", one] for one in row["ledger_ids"].split()]
        assert {row["order_id"]} == {one["order_id"] for one in own}
        assert set(row["instrument"].split("_")) <= {one["asset"] for one in own}
    traded = {row["trade_id"] for (wallet, _id), row in rows.items() if wallet == "futures-usdt"}
    perpetual = [row for row in fills if row["amount_unit"] == "contracts" and row["trade_id"] in traded]
    assert perpetual
    for row in perpetual:
        assert {row["trade_id"]} == {rows["futures-usdt", one]["trade_id"] for one in row["ledger_ids"].split()}


def test_options_delivery_alpha_and_collateral_loans_stand_in_their_tables(whole: Made) -> None:
    """Options are asked for by what they are on, which the rows of their ledger name."""
    books, folder = whole.account.books, whole.folder
    asked = {call.query["underlying"] for call in whole.calls if call.path == f"{BASE}options/my_trades"}
    kinds = {
        (row["kind"], row["type"]): row["realized"] or row["pnl"]
        for row in rows_of(folder, "positions.csv")
        if row["kind"] in {"options", "delivery"}
    }
    alpha = [row for row in rows_of(folder, "products.csv") if row["kind"] == "alpha"]
    loans = {row["id"] for row in rows_of(folder, "products.csv") if row["type"] == "current"}

    assert {"BTC_USDT"} == asked
    assert {
        ("options", "settlement"): "2.08",
        ("options", "web"): "2.1",
        ("delivery", "api"): "4.1",
        ("delivery", "settlement"): "15",
    } == kinds
    assert {("3.2", "9.6")} == {(row["amount"], row["other_amount"]) for row in alpha}
    assert {str(row["order_id"]) for row in books[f"{BASE}alpha/orders"]} <= {
        row["id"] for row in rows_of(folder, "conversions.csv")
    }
    assert {str(row["order_id"]) for row in books[f"{BASE}loan/multi_collateral/orders"]} == loans
    for name in ("options", "delivery/usdt"):
        orders = {str(row["id"]) for row in books[f"{BASE}{name}/orders"]}
        assert orders <= {row["id"] for row in rows_of(folder, "orders.csv")}


def test_an_account_without_options_and_with_a_key_that_may_not_read_alpha_is_complete(tmp_path: Path) -> None:
    body = {"label": "FORBIDDEN", "message": "API key has no permission"}
    refused = {f"{BASE}alpha/{name}": Reply(status=403, body=body) for name in ("account_book", "orders")}
    account = demo.account("gate-empty").with_(refuses=refused)
    with served(account) as (configured, server):
        outcome = make(configured, tmp_path, exchange(whole=True)).outcome
        asked = {call.path for call in server.calls}

    assert (ArchiveStatus.COMPLETE, ()) == (outcome.status, Doubts.of(outcome).gaps)
    assert f"{BASE}options/my_trades" not in asked
    assert 2 == sum("Alpha" in str(note) and "the exchange refused it" in str(note) for note in outcome.notes)


def test_a_list_without_pages_that_is_full_is_not_believed_to_be_whole(tmp_path: Path) -> None:
    """Closed positions of delivery futures: Gate gives a number of them, and no further page."""
    path = f"{BASE}delivery/usdt/position_close"
    row = told().books[path][0]
    rows = [{**row, "time": int(row["time"]) - number} for number in range(1000)]
    outcome = archived(told().with_rows(path, rows), tmp_path, exchange(whole=True)).outcome

    assert ArchiveStatus.COMPLETE is not outcome.status
    assert any("Closed positions" in gap for gap in Doubts.of(outcome).gaps)


def test_exports_add_up_to_the_story(whole: Made) -> None:
    """Everything came back from Earn and isolated margin, so that nothing that was moved there is missing."""
    balances = newest_balances(whole.account).items()
    expected = sums([(coin, str(amount)) for (_wallet, coin), amount in balances])

    assert expected == koinly_sums(whole.folder / "data/exports")
    assert expected == rotki_sums(whole.folder / "data/exports")


def test_the_report_claims_no_second_list_of_trades_and_tells_of_an_account_that_never_was_once(whole: Made) -> None:
    report = (whole.folder / "data/REPORT.md").read_text()

    assert "only deposits, withdrawals and transfers can be checked" in report
    assert "only trades" not in report
    assert "Perpetual futures in BTC: Gate says that this account was never opened." in report
    assert "please transfer funds first" not in report


def test_a_sealed_archive_verifies(whole: Made) -> None:
    with patch.object(verifying, "load", lambda _id: exchange(whole=True)):
        assert ArchiveStatus.COMPLETE == verify(whole.folder).outcome.status


def test_what_an_archive_may_send_is_what_was_written_down_by_hand(whole: Made) -> None:
    table = archive_table(load("gate"))
    host = "api.gateio.ws"

    assert {(one.method, host, f"/{one.full_path(table.api.prefix).lstrip('/')}") for one in table.endpoints()} == (
        WRITTEN
    )
    # An audit asks the time of the server.
    assert {(call.method, host, call.path) for call in whole.calls} <= WRITTEN


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "wallet/deposit_address"),
        ("GET", "flash_swap/orders/preview"),
        ("GET", "spot/my_trades/1"),
        ("POST", "withdrawals"),
        ("POST", "wallet/transfers"),
        ("POST", "wallet/small_balance"),
        ("DELETE", "spot/orders"),
        ("POST", "earn/uni/lends"),
        ("POST", "spot/account_book"),
    ],
)
def test_nothing_that_makes_gate_do_something_is_let_out(method: str, path: str) -> None:
    allow = AllowList.of(archive_table(load("gate")), ("https://api.gateio.ws",))
    with pytest.raises(NotAllowedError):
        allow.check_request(method, URL(f"https://api.gateio.ws{BASE}{path}"))


@dataclass
class Thinning:
    """Pages of a list are shorter than they were asked for, as of an exchange that gives less than it documents."""

    path: str
    most: int = 3
    struck: int = 0

    def __call__(self, call: Call) -> Reply | None:
        return Reply(edit=self._edited) if call.path == self.path else None

    def _edited(self, body: Any) -> Any:
        self.struck += len(body) > self.most
        return body[: self.most]


@pytest.mark.slow("an archive each")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.campaign(one_of=2)
@pytest.mark.parametrize("wallet", LEDGERS)
def test_short_pages_of_a_ledger_are_noticed_or_mended(wallet: str, tmp_path: Path, whole: Made) -> None:
    """What comes by offset is asked on until nothing comes; elsewhere, what is left out must show in the balances."""
    thinning = Thinning(LEDGERS[wallet])
    made = archived(whole.account, tmp_path, fault=thinning)
    is_all_there = len(rows_of(whole.folder, "ledger.csv")) == len(rows_of(made.folder, "ledger.csv"))

    assert thinning.struck
    assert is_all_there == (wallet in {"futures-usdt", "options"})
    assert is_all_there == (ArchiveStatus.COMPLETE == made.outcome.status)


def without(rows: Sequence[Any], gone: list[Any]) -> Rows:
    return [row for row in rows if not any(row is one for one in gone)]


def passed_on(account: demo.Account) -> list[Any]:
    """Return both rows of a deposit that was sent straight on."""
    rows = account.books[SPOT]
    return next(
        [one, two]
        for one, two in pairwise(rows)
        if one["currency"] == "USDC" == two["currency"] and Decimal(one["change"]) == -Decimal(two["change"])
    )


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize("listed", [DEPOSITS, WITHDRAWALS])
def test_what_went_straight_on_is_missed_where_the_ledger_lost_both_rows(listed: str, tmp_path: Path) -> None:
    """No balance shows it: the lists of deposits and withdrawals do, and one of the two is enough."""
    account = few(60)
    gone = passed_on(account)
    account = account.with_rows(SPOT, without(account.books[SPOT], gone)).with_rows(listed, [])
    outcome = outcome_of(account, tmp_path)

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)


@pytest.mark.slow("an archive each")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize("wallet", LEDGERS)
def test_a_ledger_that_lost_its_oldest_rows_is_partial(wallet: str, tmp_path: Path) -> None:
    """The opening balances are something, and nothing contradicts that they were there before."""
    account, path = few(60), LEDGERS[wallet]
    rows = account.books[path]
    outcome = outcome_of(account.with_rows(path, rows[: len(rows) // 2]), tmp_path)

    assert ArchiveStatus.COMPLETE != outcome.status
    assert (ArchiveStatus.PARTIAL == outcome.status) or wallet != "spot"
    assert outcome.gaps


def test_a_balance_that_an_order_may_lock_is_a_question_and_no_contradiction(tmp_path: Path) -> None:
    account = few()
    shown = [dict(row) for row in account.books[SPOT_BALANCES]]
    row = next(row for row in shown if Decimal(row["available"]) > 1)
    row.update(available=format(Decimal(row["available"]) - 1, "f"), locked="1")
    outcome = outcome_of(account.with_rows(SPOT_BALANCES, shown), tmp_path)

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)
    assert any("locked in orders" in str(gap) for gap in outcome.gaps)


def test_a_unified_account_with_something_in_it_is_a_gap(tmp_path: Path) -> None:
    body = {"mode": "single_currency", "balances": {"USDT": {"available": "5", "equity": "5", "freeze": "0"}}}
    account = few().with_(refuses={**few().refuses, UNIFIED: Reply(body=body)})
    outcome = outcome_of(account, tmp_path)

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)
    assert any("nified" in str(gap) for gap in outcome.gaps)


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize("mode", ["classic", "portfolio"])
def test_a_unified_account_without_anything_is_none(mode: str, tmp_path: Path) -> None:
    held = {"classic": {"USDT": {"equity": "5"}}, "portfolio": {"USDT": {"equity": "0"}}}
    body = {"mode": mode, "balances": held[mode]}
    account = few().with_(refuses={**few().refuses, UNIFIED: Reply(body=body)})

    assert ArchiveStatus.COMPLETE == outcome_of(account, tmp_path).status


def test_bitcoin_that_went_to_futures_which_were_never_opened_is_a_gap(tmp_path: Path) -> None:
    """What Gate says of the account and what the spot account's ledger shows cannot both be all."""
    account = few()
    at = account.books[SPOT][0]["time"] + 1000
    held = Decimal(next((row["balance"] for row in account.books[SPOT] if row["currency"] == "BTC"), "0"))
    row = {"time": at, "currency": "BTC", "text": ""}
    given = {**row, "id": "2", "code": "701", "change": "-1", "balance": format(held - 1, "f")}
    rows = [{**row, "id": "3", "code": "702", "change": "1", "balance": format(held, "f")}, given]
    outcome = outcome_of(account.with_rows(SPOT, [*rows, *account.books[SPOT]]), tmp_path)

    assert ArchiveStatus.COMPLETE != outcome.status


def test_a_refusal_to_show_the_contracts_is_a_gap(tmp_path: Path) -> None:
    """A key without the right to read futures, unlike an account that never had any."""
    body = {"label": "FORBIDDEN", "message": "Request forbidden"}
    refused = {f"{BASE}futures/btc/{name}": Reply(status=403, body=body) for name in ("accounts", "account_book")}
    account = few().with_(refuses={**few().refuses, **refused})

    assert ArchiveStatus.COMPLETE != outcome_of(account, tmp_path).status


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data/tables").iterdir()}


@pytest.mark.slow("two archives")
@pytest.mark.campaign(one_of=4)
@pytest.mark.parametrize("moment", [3, 9, 15, 21])
def test_a_run_that_is_killed_goes_on_and_comes_to_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    commits, commit = iter(range(moment)), State.commit

    def killed(*arguments: Any, **more: Any) -> None:
        if next(commits, None) is None:
            raise KilledError
        commit(*arguments, **more)

    account = few()
    undisturbed = archived(account, tmp_path / "undisturbed", exchange(25))
    with monkeypatch.context() as patched:
        patched.setattr(State, "commit", killed)
        with pytest.raises(KilledError):
            archived(account, tmp_path / "killed", exchange(25))
    made = archived(account, tmp_path / "killed", exchange(25))

    assert tables(undisturbed.folder) == tables(made.folder)


def test_more_rows_than_gate_gives_pages_of_are_asked_in_halves(tmp_path: Path) -> None:
    table = exchange(25)
    assert table.history is not None
    ledger = table.history.ledgers[0]
    pages = replace(ledger.endpoint.pagination, size=10, most=40)  # type: ignore[type-var]
    short = replace(ledger, endpoint=replace(ledger.endpoint, pagination=pages))
    history = replace(table.history, ledgers=(short, *table.history.ledgers[1:]))
    account = few(60)
    made = archived(account, tmp_path, replace(table, history=history))

    assert ArchiveStatus.COMPLETE == made.outcome.status
    assert len(account.books[SPOT]) == sum(row["wallet"] == "spot" for row in rows_of(made.folder, "ledger.csv"))


def test_an_account_that_was_never_opened_and_shows_something_is_a_gap(tmp_path: Path) -> None:
    """Its ledger is refused, and its balances are not."""
    body = {"label": "USER_NOT_FOUND", "message": "please transfer funds first to create futures account"}
    refused = {
        f"{BASE}futures/btc/account_book": Reply(status=400, body=body),
        f"{BASE}futures/btc/accounts": Reply(body={"currency": "BTC", "total": "0.5", "point": "0"}),
    }
    account = few().with_(refuses={**few().refuses, **refused})
    outcome = outcome_of(account, tmp_path)

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)
    assert any("0.5 BTC" in str(gap) for gap in outcome.gaps)


def test_a_refusal_in_the_middle_of_a_ledger_is_not_that_the_account_was_never_opened(tmp_path: Path) -> None:
    body = {"label": "USER_NOT_FOUND", "message": "please transfer funds first to create futures account"}
    asked = Counter[str]()

    def refuse(call: Call) -> Reply | None:
        if call.path != LEDGERS["options"]:
            return None
        asked[call.path] += 1
        return Reply(status=400, body=body) if asked[call.path] > 1 else None

    outcome = archived(few(60), tmp_path, exchange(25), fault=refuse).outcome

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize(("path", "state"), [(DEPOSITS, "DEP_CREDITED"), (WITHDRAWALS, "PEND"), (PUSHES, "PENDING")])
def test_a_movement_that_ends_while_the_archive_is_made_is_the_same_one(
    path: str, state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "FRESH", -1.0)
    # The first reading asks each list twice; of pushes, both directions and what is behind the first one's rows.
    asked, most = Counter[str](), 3 if path == PUSHES else 2

    def begin(call: Call) -> Reply | None:
        if call.path != path:
            return None
        asked[path] += 1
        is_begun = asked[path] <= most
        return Reply(edit=lambda rows: [{**row, "status": state} for row in rows]) if is_begun else None

    assert ArchiveStatus.COMPLETE == archived(few(60), tmp_path, exchange(25), fault=begin).outcome.status
    assert asked[path] > most


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Reply(status=403, body={"label": "FORBIDDEN", "message": "Request forbidden"}), ArchiveStatus.PARTIAL),
        (Reply(status=400, body={"label": "INVALID_UNIFIED_ACCOUNT", "message": "invalid"}), ArchiveStatus.COMPLETE),
        (Reply(status=400, body={"label": "UNIFIED_ACCOUNT_NOT_ACTIVATED", "message": ""}), ArchiveStatus.COMPLETE),
        (Reply(body={"mode": "portfolio", "balances": {"USDT": {"available": "5"}}}), ArchiveStatus.PARTIAL),
    ],
)
def test_a_unified_account_that_is_not_shown_is_a_gap_unless_there_is_none(
    answer: Reply, expected: ArchiveStatus, tmp_path: Path
) -> None:
    account = few().with_(refuses={**few().refuses, UNIFIED: answer})
    outcome = outcome_of(account, tmp_path)

    assert (expected, ()) == (outcome.status, outcome.faults)
    assert (expected is ArchiveStatus.PARTIAL) == any("nified" in str(gap) for gap in outcome.gaps)


@pytest.mark.slow("an archive of its own")
def test_points_whose_rows_print_another_balance_are_a_question_and_no_contradiction(tmp_path: Path) -> None:
    """What their rows print is not documented; the account's own coin is proved all the same."""
    account = few(60)
    at = account.books[FUTURES][0]["time"]
    total = account.books[FUTURES][0]["balance"]
    row = {"type": "bonus_offset", "text": "", "balance": total}
    given = [{**row, "id": f"{number}", "time": at + number, "change": "-1"} for number in (2, 1)]
    outcome = outcome_of(account.with_rows(FUTURES, [*given, *account.books[FUTURES]]), tmp_path)

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)
    assert any("points, bonuses and vouchers" in str(gap) for gap in outcome.gaps)
