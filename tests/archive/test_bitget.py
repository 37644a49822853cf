"""The archive of an account at Bitget, compared with the story of its demo account."""

import asyncio
import os
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from yarl import URL

from auditor import demo
from auditor.archive import comparison
from auditor.archive import verify as verifying
from auditor.archive.finishing import Archive
from auditor.archive.folder import part_folder, raw_file
from auditor.archive.key import RefusedKeyError
from auditor.archive.outcome import ArchiveStatus, Outcome, ProofKind
from auditor.archive.run import ArchiveRequest, archive
from auditor.archive.session import archive_table
from auditor.archive.state import State
from auditor.archive.verify import verify
from auditor.demo.bitget.classic_story import DEBTS, FUTURES, SAVINGS, SPOT, TAX, classic_account
from auditor.demo.bitget.story import FUNDING, FUNDING_SHOWN, UNIFIED, UNIFIED_SHOWN, Story
from auditor.demo.faults import Call, Reply
from auditor.exchanges.registry import load
from auditor.i18n import Translator
from auditor.model.account import Options
from auditor.model.errors import UserError
from auditor.transport.guard import AllowList, NotAllowedError
from tests.archive.archiving import NOW, Doubts, rows_of, served
from tests.archive.bitget_archiving import archived, classic, exchange, make, told
from tests.archive.proved_content import Raw
from tests.archive.raw_strikes import Pages, RawFile
from tests.archive.test_exports import koinly_sums, sums
from tests.archive.test_resume import KilledError

ALLOWED = (Path(__file__).parent / "allowlists/bitget.txt").read_text().splitlines()
WRITTEN = {tuple(line.split()) for line in ALLOWED if line.startswith("GET ")}
LEDGERS = {"funding-ledger": FUNDING, "unified-ledger": UNIFIED}


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


def made_of(account: demo.Account, folder: Path) -> Made:
    with served(account) as (configured, server):
        return Made(make(configured, folder, exchange(whole=True)), account, server.calls)


@pytest.fixture(scope="module")
def young(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The archive of a unified account that is younger than all that Bitget gives."""
    return made_of(told(), tmp_path_factory.mktemp("young"))


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The archive of a classic account."""
    return made_of(classic(), tmp_path_factory.mktemp("classic"))


def newest(account: demo.Account, path: str) -> dict[str, Decimal]:
    """The balances of the story after its last rows."""
    return {str(row["coin"]): Decimal(row["balance"]) for row in reversed(account.books[path])}


def closings(folder: Path, wallet: str) -> dict[str, Decimal]:
    rows = rows_of(folder, "balances.csv")
    return {row["asset"]: Decimal(row["closing"]) for row in rows if row["wallet"] == wallet}


def test_an_account_younger_than_every_reach_is_complete(young: Made) -> None:
    outcome = young.archive.outcome

    assert (ArchiveStatus.COMPLETE, ProofKind.PROVED) == (outcome.status, outcome.kind)
    assert Doubts((), ()) == Doubts.of(outcome)


def test_the_balances_are_those_of_the_story_digit_for_digit(young: Made) -> None:
    assert newest(young.account, FUNDING) == closings(young.folder, "funding")
    assert newest(young.account, UNIFIED) == closings(young.folder, "unified")
    # More digits than Bitget shows, which cuts free and locked amounts one by one.
    assert any(amount.as_tuple().exponent < -8 for amount in newest(young.account, UNIFIED).values())  # type: ignore[operator]
    assert any(Decimal(row["locked"]) for row in young.account.books[UNIFIED_SHOWN])


def test_every_row_of_both_ledgers_is_there_once_and_in_order(young: Made) -> None:
    rows = rows_of(young.folder, "ledger.csv")
    told_rows = Counter(row["id"] for path in LEDGERS.values() for row in young.account.books[path])
    times = [int(row["exchange_time"]) for row in rows]

    assert told_rows == Counter(row["id"] for row in rows)
    assert times == sorted(times)


def test_a_change_is_amount_and_fee_together(young: Made) -> None:
    rows = {row["id"]: row for row in rows_of(young.folder, "ledger.csv")}
    for told_row in young.account.books[UNIFIED]:
        assert Decimal(told_row["amount"]) + Decimal(told_row["fee"]) == Decimal(rows[told_row["id"]]["change"])


def test_everything_that_bitget_books_is_called_something(young: Made) -> None:
    kinds = {row["kind"] for row in rows_of(young.folder, "ledger.csv")}
    wanted = {
        "deposit",
        "withdrawal",
        "transfer",
        "trade",
        "fee",
        "pnl",
        "funding",
        "conversion",
        "earn_in",
        "earn_out",
    }

    assert wanted | {"reward", "airdrop"} == kinds


def test_what_explains_the_ledgers_stands_in_its_tables(young: Made) -> None:
    books = young.account.books
    assert {row["execId"] for row in books["/api/v3/trade/fills"]} == {
        row["trade_id"] for row in rows_of(young.folder, "fills.csv")
    }
    tables = {"orders.csv": "trade/history-orders", "positions.csv": "position/history-position"}
    for table, path in {**tables, "conversions.csv": "account/convert-records"}.items():
        assert len(books[f"/api/v3/{path}"]) == len(rows_of(young.folder, table))


def test_each_transfer_stands_in_its_table_once(young: Made) -> None:
    assert len(young.account.books["/api/v3/account/sub-transfer-record"]) == len(
        rows_of(young.folder, "transfers.csv")
    )


def test_exports_add_up_to_the_story(young: Made) -> None:
    moved = [row for row in rows_of(young.folder, "ledger.csv") if row["kind"] in {"earn_in", "earn_out"}]
    balances = [*newest(young.account, FUNDING).items(), *newest(young.account, UNIFIED).items()]
    expected = sums(
        [
            *((coin, str(amount)) for coin, amount in balances),
            *((row["asset"], str(-Decimal(row["change"]))) for row in moved),
        ]
    )
    assert expected == koinly_sums(young.folder / "data/exports")


@pytest.mark.slow("two archives")
def test_archives_of_both_kinds_of_accounts_verify(young: Made, older: Made) -> None:
    with patch.object(verifying, "load", lambda _id: exchange(whole=True)):
        assert ArchiveStatus.COMPLETE == verify(young.folder).outcome.status
        assert ArchiveStatus.PARTIAL == verify(older.folder).outcome.status


def test_what_an_archive_may_send_is_what_was_written_down_by_hand(young: Made, older: Made) -> None:
    table = archive_table(load("bitget"))
    asked = {(call.method, "api.bitget.com", f"/{call.path.lstrip('/')}") for call in (*young.calls, *older.calls)}

    assert WRITTEN == {(one.method, "api.bitget.com", one.full_path(table.api.prefix)) for one in table.endpoints()}
    assert WRITTEN == asked


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v3/tax/records"),
        ("GET", "/api/v2/convert/quoted-price"),
        ("GET", "/api/v3/account/deposit-address"),
        ("POST", "/api/v3/account/transfer"),
        ("POST", "/api/v3/account/financial-records"),
    ],
)
def test_nothing_that_makes_the_exchange_do_something_is_let_out(method: str, path: str) -> None:
    allow = AllowList.of(archive_table(load("bitget")), ("https://api.bitget.com",))
    with pytest.raises(NotAllowedError):
        allow.check_request(method, URL(f"https://api.bitget.com{path}"))


def test_a_classic_account_is_proved_wallet_by_wallet(older: Made) -> None:
    outcome = older.archive.outcome
    sentences = "\n".join(map(str, outcome.wallets))

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, Doubts.of(outcome).faults)
    assert 3 == sentences.count("opened with nothing")
    assert newest(older.account, SPOT) == closings(older.folder, "spot")
    assert newest(older.account, FUTURES) == closings(older.folder, "usdt-futures")
    assert "Isolated margin" in "\n".join(Doubts.of(outcome).gaps)


def test_a_classic_account_whose_fees_are_in_the_amounts_is_proved_as_well(tmp_path: Path) -> None:
    """Bitget does not say which it is: the balances do."""
    inside = classic_account(demo.account("bitget-classic"), NOW.timestamp(), events=60, days=20, fee_inside=True)
    made = archived(inside, tmp_path)

    assert () == Doubts.of(made.outcome).faults
    assert newest(inside, SPOT) == closings(made.folder, "spot")


def with_tax(account: demo.Account) -> demo.Account:
    """With a key that may read tax records, too."""
    return account.with_key(authorities=["stor", "coor", "smor", "taxr"])


@pytest.fixture(scope="module")
def taxed(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The archive of a classic account that is older than Bitget's ledgers, with a key for tax records."""
    account = with_tax(classic(events=80, days=130))
    with served(account) as (configured, server):
        table = exchange(140, whole=True)
        return Made(make(configured, tmp_path_factory.mktemp("taxed"), table), account, server.calls)


def test_tax_records_go_back_beyond_the_ledgers(taxed: Made) -> None:
    """Each row of the story is in them once, and a record of every wallet."""
    rows = rows_of(taxed.folder, "products.csv")
    paths = {"tax spot": "spot", "tax futures": "future", "tax isolated": "margin", "tax p2p": "p2p"}
    expected = {
        kind: sorted(
            (row["id"], row.get("amount") or row["total"]) for row in taxed.account.books[f"{TAX}{name}-record"]
        )
        for kind, name in paths.items()
    }
    first = min(row["time"] for row in rows_of(taxed.folder, "ledger.csv"))

    assert all(expected.values())
    assert expected == {
        kind: sorted((row["id"], row["amount"]) for row in rows if row["kind"] == kind) for kind in paths
    }
    assert first > min(row["time"] for row in rows if row["kind"] == "tax spot")
    assert ArchiveStatus.PARTIAL is taxed.archive.outcome.status


def test_savings_and_what_was_borrowed_on_cross_margin_are_kept_for_ninety_days(taxed: Made) -> None:
    edge = int((NOW - timedelta(days=89, hours=12)).timestamp() * 1000)
    rows = rows_of(taxed.folder, "products.csv")
    debts = [f"{DEBTS}{kind}-history" for kind in ("borrow", "repay", "interest", "liquidation")]
    borrowed = [row for path in debts for row in taxed.account.books[path] if int(row["cTime"]) >= edge]
    saved = [row["orderId"] for row in taxed.account.books[SAVINGS] if int(row["ts"]) >= edge]

    assert borrowed
    assert saved
    assert len(borrowed) == sum(row["kind"] == "margin loan" for row in rows)
    assert sorted(saved) == sorted(row["id"].split("-")[0] for row in rows if row["kind"] == "savings")


def test_a_key_that_may_not_read_tax_records_leaves_no_more_open_than_before(tmp_path: Path) -> None:
    outcome = archived(classic(), tmp_path / "without", exchange(whole=True)).outcome
    allowed = archived(with_tax(classic()), tmp_path / "with", exchange(whole=True)).outcome

    assert Doubts.of(allowed) == Doubts.of(outcome)
    assert any(gap.startswith("Isolated margin and the P2P wallet") for gap in Doubts.of(outcome).gaps)
    assert 5 == sum("Tax records" in str(note) and "the exchange refused it" in str(note) for note in outcome.notes)


def bought_once() -> demo.Account:
    """What a real account did, in numbers of its own: its one fee, of a purchase, is in the amount that was paid."""
    account, moment = demo.account("bitget-empty"), int(NOW.timestamp() * 1000) - 86_400_000
    story = Story(1, account.key["userId"])
    story.funding.post(moment, "USDT", Decimal(13), "deposit", "deposit")
    story.records.received(moment, "USDT", Decimal(13))
    story.funding.post(moment + 1, "USDT", Decimal(-13), "transfer", "transfer_out")
    story.unified.post(moment + 1, "USDT", Decimal(13), "TRANSFER_IN")
    story.records.moved(moment + 1, "USDT", Decimal(13), ("spot", "uta"))
    story.unified.post(moment + 2, "rTOWN", Decimal("0.2783"), "ORDER_DEALT_IN", category="SPOT")
    story.unified.post(moment + 2, "USDT", Decimal("-10.1079350372"), "ORDER_DEALT_FROZEN_OUT", category="SPOT")
    story.unified.rows[-1]["fee"] = "-0.0100978372"
    return story.account(account, moment - 86_400_000)


def test_an_account_that_bought_a_token_once_with_its_fee_in_the_amount_is_complete(tmp_path: Path) -> None:
    made = archived(bought_once(), tmp_path)

    assert (ArchiveStatus.COMPLETE, ()) == (made.outcome.status, Doubts.of(made.outcome).gaps)
    assert {"USDT": Decimal("2.8920649628"), "RTOWN": Decimal("0.2783")} == closings(made.folder, "unified")


def test_the_key_of_a_classic_account_cannot_prove_that_it_only_reads(tmp_path: Path) -> None:
    with served(classic()) as (configured, _server), pytest.raises(RefusedKeyError):
        asyncio.run(archive(configured, Options(pace=0), ArchiveRequest(to=tmp_path)))


@pytest.mark.slow("an archive of its own")
def test_an_account_older_than_its_ledgers_is_partial_and_says_which_quarters_are_missing(tmp_path: Path) -> None:
    made = archived(told(events=80, days=150), tmp_path, exchange(110), translate=Translator("zh"))
    report = (made.folder / "data/REPORT.md").read_text()

    assert (ArchiveStatus.PARTIAL, ()) == (made.outcome.status, Doubts.of(made.outcome).faults)
    assert {"2026 Q3"} <= set(made.outcome.quarters["unified-ledger"])
    assert "注销前请在交易所网站下载" in report
    assert "audit archive add" not in report.partition("##")[0]


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize(
    "key",
    [{"regisTime": None}, {"regisTime": "1634515200000"}, {"accountMode": "hybrid"}, {"parentId": "74000777"}],
    ids=str,
)
def test_an_account_that_may_have_had_more_is_partial(key: Mapping[str, Any], tmp_path: Path) -> None:
    """Of an unknown age, older than the ledgers, with classic wallets beside, or with a main account's eyes needed."""
    account = told(events=12)
    outcome = archived(account.with_(key={**account.key, **key}), tmp_path).outcome

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, Doubts.of(outcome).faults)


def test_a_balance_that_is_another_contradicts(tmp_path: Path) -> None:
    account = told(events=12)
    (first, *others) = account.books[FUNDING_SHOWN]
    changed = {**first, "balance": format(Decimal(first["balance"]) + Decimal("0.00000003"), "f")}

    assert (
        ArchiveStatus.DIFFERS == archived(account.with_rows(FUNDING_SHOWN, [changed, *others]), tmp_path).outcome.status
    )


def listed(body: Any) -> list[Any]:
    rows: list[Any] | None = body["data"]["list"] if isinstance(body["data"], dict) else body["data"]
    return rows or []


@pytest.fixture(scope="module")
def copied(young: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("struck") / "archive"
    shutil.copytree(young.folder, folder)
    return folder


@pytest.mark.parametrize("lost", ["deposits", "withdrawals"])
def test_a_deposit_that_went_straight_out_is_missed_where_the_ledger_lost_both_rows(
    lost: str, young: Made, copied: Path, tmp_path: Path
) -> None:
    """No balance shows it: the list of deposits does, or that of withdrawals."""
    pair = next(
        {after["id"], before["id"]}
        for after, before in pairwise(young.account.books[FUNDING])
        if before["groupType"] == "deposit" and Decimal(after["amount"]) == -Decimal(before["amount"])
    )

    def without_pair(pages: Pages) -> Pages:
        return [[row for row in rows if row["id"] not in pair] for rows in pages]

    ledger, movements = (raw_file(copied, name) for name in ("funding-ledger", lost))
    with RawFile(ledger).struck(without_pair), RawFile(movements).struck(lambda pages: [[] for _rows in pages]):
        outcome = Raw(copied, exchange(whole=True)).judged(tmp_path)

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, Doubts.of(outcome).faults)


def test_what_went_to_a_wallet_without_a_ledger_keeps_an_archive_from_being_complete(
    copied: Path, tmp_path: Path
) -> None:
    """A transfer to the P2P wallet is in the list of transfers, and its other half in no ledger."""

    def to_p2p(pages: Pages) -> Pages:
        return [[{**row, "toUserId": row["fromUserId"], "toType": "p2p"} for row in rows] for rows in pages]

    with RawFile(raw_file(copied, "sent-transfers")).struck(to_p2p):
        outcome = Raw(copied, exchange(whole=True)).judged(tmp_path)

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, Doubts.of(outcome).faults)
    assert any("other half" in gap for gap in Doubts.of(outcome).gaps)


def without_cursor(body: Any) -> Any:
    return {**body, "data": {**body["data"], "cursor": None}}


@pytest.mark.slow("an archive of its own")
@pytest.mark.campaign(one_of=2)
@pytest.mark.parametrize("path", LEDGERS.values())
def test_a_full_page_that_does_not_lead_to_the_next_one_is_asked_for_in_halves(path: str, tmp_path: Path) -> None:
    outcome, count = struck_pages(path, without_cursor, tmp_path)

    assert count
    assert ArchiveStatus.COMPLETE == outcome.status


def struck_pages(path: str, fault: Callable[[Any], Any], to: Path) -> tuple[Outcome, int]:
    """What comes of an account whose full pages of a list have a fault, and how many there were."""
    count = 0

    def strike(call: Call) -> Reply | None:
        def edit(body: Any) -> Any:
            nonlocal count
            is_struck = len(listed(body)) == 100
            count += is_struck
            return fault(body) if is_struck else body

        return Reply(edit=edit) if f"/{call.path.lstrip('/')}" == path else None

    return archived(told(events=420), to, fault=strike).outcome, count


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
    commits = iter(range(Random(seed).randrange(2, 40)))
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


def test_a_run_does_not_go_on_with_the_lists_of_an_account_that_was_set_up_otherwise(tmp_path: Path) -> None:
    """Whoever upgrades a classic account between two runs has other lists, some of one name."""
    account = told(events=10)
    with served(account) as (configured, _exchange):
        part = part_folder(tmp_path, "bitget", "74000001")
        part.mkdir(parents=True)
        state = State.open(part)
        state.note(since="", mode="classic")
        state.close()
        with pytest.raises(UserError, match="another mode"):
            make(configured, tmp_path)
        # The answers that came are kept, though nothing is made of them.
        part.rename(tmp_path / "kept")
        made = make(configured, tmp_path)

    assert ArchiveStatus.COMPLETE == made.outcome.status
