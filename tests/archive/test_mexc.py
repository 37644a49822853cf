"""The archive of an account at MEXC, compared with the story of its demo account."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import MagicMock, patch

import pytest
from yarl import URL

from auditor import demo
from auditor.archive import run
from auditor.archive import verify as verifying
from auditor.archive.finishing import Archive
from auditor.archive.key import RefusedKeyError
from auditor.archive.outcome import ArchiveStatus, Outcome
from auditor.archive.session import archive_table
from auditor.archive.state import State
from auditor.archive.verify import verify
from auditor.cli.commands import archive_run
from auditor.demo.faults import Call, Reply
from auditor.demo.mexc import story
from auditor.demo.mexc import story_rows as lists
from auditor.exchanges.registry import load
from auditor.i18n import Translator
from auditor.model.account import Options
from auditor.model.errors import UserError
from auditor.transport.guard import AllowList, NotAllowedError
from tests.archive.archiving import Doubts, rows_of, served
from tests.archive.mexc_archiving import LASTING, archived, exchange, make, told
from tests.archive.test_exports import koinly_sums, rotki_sums, sums
from tests.archive.test_resume import KilledError
from tests.cli.conftest import Cli, cli, fake, here

__all__ = ["cli", "fake", "here"]  # fixtures

SPOT, FUTURES = "/api/v3/account", f"{lists.PRIVATE}account/assets"
INTERNAL, KEY, UID = "/api/v3/capital/transfer/internal", "/api/v3/apiKeyInfo", "/api/v3/uid"
ALLOWED = (Path(__file__).parent / "allowlists/mexc.txt").read_text().splitlines()
UNCHANGING = {
    *(lists.ORDERS, lists.FUTURES_ORDERS, lists.TRIGGER_ORDERS, lists.STOP_ORDERS, lists.POSITIONS, SPOT, FUTURES)
}


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
    """The archive of an account that is younger than all that MEXC gives."""
    with served(told()) as (configured, server):
        return Made(make(configured, tmp_path_factory.mktemp("young")), told(), server.calls)


SMALL: Mapping[str, Any] = {"events": 3, "days": 3}
SHORT = 4
"""Days in which all of a small story lies: an archive of it asks for one window of each list."""


def shown(account: demo.Account) -> dict[str, dict[str, Decimal]]:
    """What the story says is in each wallet."""
    spot, futures = account.books[SPOT], account.books[FUTURES]
    return {
        "spot": sums((row["asset"], row[name]) for row in spot for name in ("free", "locked")),
        "futures": sums((row["currency"], str(row["equity"])) for row in futures),
    }


def open_gaps(outcome: Outcome) -> list[str]:
    """What is said to be missing beside what is missing in every archive."""
    return [gap for gap in Doubts.of(outcome).gaps if not gap.startswith(LASTING)]


def test_a_young_account_adds_up_and_is_partial_for_the_wallets_that_no_request_shows(young: Made) -> None:
    outcome = young.archive.outcome

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, Doubts.of(outcome).faults)
    assert ([], 1) == (open_gaps(outcome), len(outcome.gaps))
    assert ["from nothing"] * 2 == [str(one).partition(": ")[2].partition(",")[0] for one in outcome.wallets]


def test_the_changes_in_the_ledger_come_to_the_balances_of_the_story(young: Made) -> None:
    rows = rows_of(young.folder, "ledger.csv")
    of = {wallet: [row for row in rows if row["wallet"] == wallet] for wallet in ("spot", "futures")}

    assert shown(young.account) == {
        wallet: sums((row["asset"], row["change"]) for row in those) for wallet, those in of.items()
    }
    assert {("", "summed")} == {(row["balance"], row["proof"]) for row in rows}


def changes_of(row: Mapping[str, Any], path: str) -> int:
    """How many balances a row of the story changes, counted by hand."""
    if path == lists.DUST:
        return 2 * len(row["convertDetails"])
    if path == lists.DEALS:
        return bool(row["profit"]) + bool(row["fee"])
    return {lists.FILLS: 3}.get(path, 1)


def test_every_row_of_every_list_stands_in_the_ledger_once(young: Made) -> None:
    books = {path: rows for path, rows in young.account.books.items() if path not in UNCHANGING}
    rows = rows_of(young.folder, "ledger.csv")

    assert set(lists_of(young.account)) == {*books}
    assert sum(changes_of(row, path) for path, rows in books.items() for row in rows) == len(rows)
    assert len(rows) == len({row["id"] for row in rows})
    assert [row["exchange_time"] for row in rows] == sorted(row["exchange_time"] for row in rows)
    kinds = {"trade", "fee", "deposit", "withdrawal", "transfer", "conversion", "pnl", "funding"}
    assert kinds == {row["kind"] for row in rows}


def test_every_row_of_the_lists_beside_stands_in_their_tables(young: Made) -> None:
    books = young.account.books
    week = [row for row in books[lists.ORDERS] if row["time"] >= int(young.calls[0].at * 1000) - 6.9 * 86_400_000]
    orders, positions = rows_of(young.folder, "orders.csv"), rows_of(young.folder, "positions.csv")

    waiting = [row for path in (lists.TRIGGER_ORDERS, lists.STOP_ORDERS) for row in books[path]]
    ids = [*(row["orderId"] for row in (*week, *books[lists.FUTURES_ORDERS])), *(row["id"] for row in waiting)]
    expected = sorted(map(str, ids))
    assert waiting
    assert week
    assert expected == sorted(row["id"] for row in orders)
    closed = {str(row["positionId"]): str(row["realised"]) for row in books[lists.POSITIONS]}
    assert closed == {row["id"]: row["realized"] for row in positions}
    filled = len(books[lists.FILLS]) + len(books[lists.DEALS])
    assert filled == len(rows_of(young.folder, "fills.csv"))


def test_orders_that_waited_for_a_price_say_which(young: Made) -> None:
    """A trigger order, and the stop of a position; what was opened with them is an order of its own."""
    orders = rows_of(young.folder, "orders.csv")

    assert {("trigger order", "64000", "3"), ("stop order", "61000", "2")} == {
        (row["kind"], row["price"], row["state"]) for row in orders if row["kind"] in {"trigger order", "stop order"}
    }


def test_exports_add_up_to_the_story(young: Made) -> None:
    wallets = shown(young.account)
    expected = sums((coin, str(size)) for coins in wallets.values() for coin, size in coins.items())
    exports = young.folder / "data/exports"

    assert expected == koinly_sums(exports)
    assert expected == rotki_sums(exports)


def test_a_sealed_archive_verifies(young: Made) -> None:
    with patch.object(verifying, "load", lambda _id: exchange(21)):
        assert ArchiveStatus.PARTIAL == verify(young.folder).outcome.status


def test_the_key_is_proved_first_and_nothing_is_asked_but_what_was_written_down(young: Made) -> None:
    written = {line.rpartition(" ")[2] for line in ALLOWED if line.startswith("GET")}

    assert [KEY, UID] == [call.path for call in young.calls[:2]]
    assert written == {call.path for call in young.calls}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v3/apiKeyInfo"),
        ("POST", "/api/v3/capital/convert"),
        ("POST", "/api/v3/capital/transfer"),
        ("POST", "/api/v3/sub-account/apiKey"),
        ("GET", "/api/v3/strategy/group/uid"),
        ("GET", "/api/v1/private/account/asset/analysis/export"),
    ],
)
def test_nothing_that_makes_the_exchange_do_something_is_let_out(method: str, path: str) -> None:
    allow = AllowList.of(archive_table(load("mexc")), ("https://api.mexc.com",))
    with pytest.raises(NotAllowedError):
        allow.check_request(method, URL(f"https://api.mexc.com{path}"))


def test_a_key_that_may_trade_is_refused_before_any_list(tmp_path: Path) -> None:
    account = told().with_key(permissions="SPOT_ACCOUNT_READ,SPOT_DEAL_READ,SPOT_DEAL_WRITE")
    with served(account) as (configured, server), pytest.raises(RefusedKeyError, match="may do more than read"):
        make(configured, tmp_path)

    assert [KEY, UID] == [call.path for call in server.calls]


def no_right(_call: Call) -> Reply:
    return Reply(400, {"code": 700007, "msg": "No permission to access the endpoint."})


def test_a_key_whose_rights_mexc_does_not_say_needs_the_users_word(tmp_path: Path) -> None:
    """As an audit does: without `--accept-unproven-key` it is refused, exit code 4."""

    def silent(call: Call) -> Reply | None:
        return no_right(call) if call.path == KEY else None

    with pytest.raises(RefusedKeyError, match="--accept-unproven-key"):
        archived(told(), tmp_path, fault=silent)
    believing = Options(pace=0, accept_unproven_key=True)
    believed = archived(told(**SMALL), tmp_path, fault=silent, days=SHORT, options=believing)

    assert [] == open_gaps(believed.outcome)


def test_a_key_that_does_not_say_whose_account_it_is_makes_no_archive(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not show whose account it is"):
        archived(told(), tmp_path, fault=lambda call: no_right(call) if call.path == UID else None)

    assert [] == list(tmp_path.iterdir())


@pytest.mark.slow("an archive of its own")
def test_an_account_older_than_a_month_is_told_what_to_export(tmp_path: Path) -> None:
    made = archived(told(days=40), tmp_path, days=41, translate=Translator("zh"))
    gaps = open_gaps(made.outcome)

    assert (ArchiveStatus.PARTIAL, ()) == (made.outcome.status, Doubts.of(made.outcome).faults)
    assert "Spot trades: the exchange's list goes back this far: the last month (its site exports older ones" in gaps[0]
    lines = [number for number, gap in enumerate(gaps) if gap.startswith("Spot account USDT: the changes here come to")]
    (why,) = (number for number, gap in enumerate(gaps) if gap.endswith("which says nothing against the account:"))
    assert gaps[why].startswith("Spot account: not every row of these lists is here: Spot trades. Its changes")
    assert [True] == [why < number for number in lines]
    assert "现货成交" in (made.folder / "data/REPORT.md").read_text()


def test_who_never_opened_futures_is_told_so_and_spot_adds_up(tmp_path: Path) -> None:
    def absent(call: Call) -> Reply | None:
        body = {"success": False, "code": 1000, "message": "Account does not exist"}
        return Reply(200, body) if call.path.startswith(lists.PRIVATE) else None

    made = archived(told(events=1, days=3), tmp_path, fault=absent, days=SHORT)
    outcome = made.outcome

    assert [] == open_gaps(outcome)
    assert "Futures account: no rows, and nothing in it now." in map(str, outcome.wallets)
    with patch.object(verifying, "load", lambda _id: exchange(SHORT)):
        assert list(map(str, outcome.gaps)) == list(map(str, verify(made.folder).outcome.gaps))
    assert any("Futures deals: This account has no futures account." in str(note) for note in outcome.notes)


def test_a_transfer_to_another_user_is_kept_and_told_since_its_row_does_not_say_who_sent_it(tmp_path: Path) -> None:
    known = {
        "tranId": "1",
        "asset": "USDT",
        "amount": "5",
        "toAccountType": "UID",
        "toAccount": "7",
        "status": "SUCCESS",
    }
    row = {
        **known,
        "fromAccount": "owner@example.com",
        "timestamp": told(**SMALL).books[lists.DEPOSITS][0]["insertTime"],
    }
    failed = {**row, "tranId": "2", "status": "FAILED"}
    made = archived(told(**SMALL).with_rows(INTERNAL, [row, failed]), tmp_path, days=SHORT)

    assert ["Transfers to other users: what these rows change is not known for certain: SUCCESS."] == open_gaps(
        made.outcome
    )
    kept = [row for row in rows_of(made.folder, "movements.csv") if row["kind"] == "internal"]
    assert [("5", "SUCCESS"), ("5", "FAILED")] == [(row["amount"], row["state"]) for row in kept]


def test_fills_of_one_symbol_that_are_refused_leave_all_fills_open(tmp_path: Path) -> None:
    def refuse(call: Call) -> Reply | None:
        is_it = call.path == lists.FILLS and call.query.get("symbol") == "OLDUSDT"
        return Reply(400, {"code": 10007, "msg": "bad symbol"}) if is_it else None

    (gap, *_more) = open_gaps(archived(told(**SMALL), tmp_path, fault=refuse, days=SHORT).outcome)
    assert "Spot trades: this list was not read to its end. The exchange said: bad symbol" in gap
    assert gap.endswith("(OLDUSDT)")


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data/tables").iterdir()}


@pytest.mark.slow("two archives")
@pytest.mark.campaign(one_of=20)
@pytest.mark.parametrize("seed", range(20))
def test_a_run_that_is_killed_goes_on_and_comes_to_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, young: Made, seed: int
) -> None:
    commits = iter(range(Random(seed).randrange(2, 40)))
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

    assert [] == open_gaps(made.outcome)
    assert tables(young.folder) == tables(made.folder)


@pytest.mark.slow("two archives")
def test_a_deposit_that_is_credited_after_a_run_was_killed_is_read_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its row is older than the newest one of the list, and has another state then."""
    credited = told(events=12, days=3)
    first, *others = credited.books[lists.DEPOSITS]
    with monkeypatch.context() as patched:
        patched.setattr(run, "finish", MagicMock(side_effect=KilledError))
        with pytest.raises(KilledError):
            archived(credited.with_rows(lists.DEPOSITS, [{**first, "status": "4"}, *others]), tmp_path, days=SHORT)
    made = archived(credited, tmp_path, days=SHORT)

    assert others
    assert [] == open_gaps(made.outcome)
    assert {"5"} == {row["state"] for row in rows_of(made.folder, "movements.csv") if row["kind"] == "deposit"}


def lists_of(account: demo.Account) -> list[str]:
    """Paths of the lists in which something of an account stands that changed a balance."""
    return sorted(path for path, rows in account.books.items() if rows and path not in UNCHANGING)


def test_the_demo_ends_with_the_exit_code_of_a_partial_archive(
    cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_run, "options", lambda _request: Options(pace=0))
    short = story.story_account
    monkeypatch.setattr(story, "story_account", lambda account, now, **_: short(account, now, **SMALL))
    monkeypatch.setattr(archive_run, "make", _made_short)
    made = cli("archive", "demo", "--exchange", "mexc")

    assert (3, True) == (made.code, "Partial" in made.out)


async def _made_short(account: Any, options: Options, request: Any) -> Archive:
    """Make the archive of the demo account, asked for its days only."""
    from auditor.archive import run  # noqa: PLC0415

    with patch.object(run, "load", lambda _id: exchange(SHORT)):
        return await run.archive(account, options, request)
