"""What an archive holds for other programs: nothing lost, nothing twice, nothing that another program reads wrongly."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from auditor.archive.exports.commodities import commodities
from auditor.archive.exports.export import FORMATS, write_exports
from auditor.archive.exports.heading import Coin, Heading, TimeSpan, heading_of
from auditor.archive.exports.notes import Notes
from auditor.archive.folder import TABLES
from auditor.archive.raw import DamagedError
from auditor.archive.seal import seal
from auditor.archive.tables import BALANCE_COLUMNS, LEDGER_COLUMNS, table
from auditor.archive.verify import verify
from auditor.demo.okx.story import FUNDING, TRADING
from auditor.exchanges.registry import load
from tests.archive.archiving import NOW, archived, rows_of, told
from tests.cli.conftest import Cli, cli, fake, here

__all__ = ["cli", "fake", "here"]  # fixtures

DAY = 86_400_000
CONTRACTS = "-.+-"
SIDES = (
    ("Received Amount", "Received Currency", 1),
    ("Sent Amount", "Sent Currency", -1),
    ("Fee Amount", "Fee Currency", -1),
)
BEAN_CHECK = shutil.which(
    "bean-check", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
)
with_bean_check = pytest.mark.skipif(
    BEAN_CHECK is None and "CI" not in os.environ, reason="beancount of the dev extra is not installed"
)


class Sealed(NamedTuple):
    """An archive of a made-up account with all formats of it."""

    folder: Path
    books: Mapping[str, Iterable[dict[str, str]]]
    exports: Path
    notes: Notes


@pytest.fixture(scope="module")
def young(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Of an account whose whole life is in it."""
    account, to = told(events=150), tmp_path_factory.mktemp("young")
    folder = archived(account, to).folder
    notes = written(folder, to / "exports")
    return Sealed(folder, account.books, to / "exports", notes)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Of an account that is older than what the exchange gives."""
    account, to = told(events=150, days=500), tmp_path_factory.mktemp("old")
    folder = archived(account, to).folder
    notes = written(folder, to / "exports")
    return Sealed(folder, account.books, to / "exports", notes)


def written(folder: Path, to: Path, span: TimeSpan = TimeSpan(), tables: Path | None = None) -> Notes:  # noqa: B008 - frozen
    """Write every format of an archive, maybe from other tables."""
    document = json.loads((folder / "data/archive.json").read_text())
    heading = heading_of(tables or folder / TABLES, document, span)
    return write_exports(tables or folder / TABLES, heading, CONTRACTS, to, list(FORMATS.values()))


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sums(rows: Iterable[tuple[str, str]]) -> dict[str, Decimal]:
    """Amounts of each coin, those that come to nothing left out."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for asset, amount in rows:
        found[asset] += Decimal(amount)
    return {asset: amount for asset, amount in found.items() if amount}


def koinly_sums(path: Path) -> dict[str, Decimal]:
    found = [
        (row[asset], str(sign * Decimal(row[amount])))
        for row in lines(path / "koinly.csv")
        for amount, asset, sign in SIDES
        if row[amount]
    ]
    return sums(found)


def rotki_sums(path: Path) -> dict[str, Decimal]:
    signs = {"Deposit": 1, "Income": 1, "Withdrawal": -1, "Loss": -1}
    found: list[tuple[str, Decimal]] = []
    for row in lines(path / "rotki_events.csv"):
        found.append((row["Currency"], signs[row["Type"]] * Decimal(row["Amount"])))
        found += [(row["Fee Currency"], -Decimal(row["Fee"]))] if row["Fee"] else []
    for row in lines(path / "rotki_trades.csv"):
        found.append((row["Receive Currency"], Decimal(row["Receive Amount"])))
        found.append((row["Spend Currency"], -Decimal(row["Spend Amount"])))
        found += [(row["Fee Currency"], -Decimal(row["Fee"]))] if row["Fee"] else []
    return sums((asset, str(amount)) for asset, amount in found)


def bean_check(path: Path) -> tuple[int, str]:
    assert BEAN_CHECK is not None
    ran = subprocess.run([BEAN_CHECK, "--no-cache", str(path)], check=False, capture_output=True, text=True)
    return ran.returncode, ran.stderr


def test_what_koinly_and_rotki_add_up_is_the_story_without_what_was_moved_into_earn_and_out(young: Sealed) -> None:
    rows = [row for path in (FUNDING, TRADING) for row in young.books[path] if row["type"] not in {"75", "76"}]
    expected = sums((row["ccy"], row["balChg"]) for row in rows)

    assert expected == koinly_sums(young.exports)
    assert expected == rotki_sums(young.exports)


def test_the_plain_table_adds_up_to_the_balances(young: Sealed, old: Sealed) -> None:
    for made in (young, old):
        shown = sums((row["asset"], row["shown"]) for row in rows_of(made.folder, "balances.csv"))
        cells = [
            (row[f"{side}_asset"], f"{sign}{row[f'{side}_amount']}")
            for row in lines(made.exports / "okx-events.csv")
            for side, sign in (("received", ""), ("sent", "-"), ("fee", "-"))
            if row[f"{side}_amount"]
        ]
        assert shown == sums(cells)


def test_amounts_are_the_exchanges_digit_for_digit(young: Sealed) -> None:
    digits = {row["change"].lstrip("-") for row in rows_of(young.folder, "ledger.csv")}
    digits |= {row[name] for row in rows_of(young.folder, "movements.csv") for name in ("amount", "fee")}
    told_amounts = {row[amount] for row in lines(young.exports / "koinly.csv") for amount, _asset, _sign in SIDES}

    assert set() == told_amounts - digits - {""}


def test_the_columns_are_the_documented_ones(young: Sealed) -> None:
    heads = {name: (young.exports / name).read_text().splitlines()[0] for name in ("koinly.csv", "rotki_events.csv")}
    trades = (young.exports / "rotki_trades.csv").read_text().splitlines()[0]

    assert heads == {
        "koinly.csv": "Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,"
        "Net Worth Amount,Net Worth Currency,Label,Description,TxHash",
        "rotki_events.csv": "Type,Location,Currency,Amount,Fee,Fee Currency,Description,Timestamp",
    }
    assert trades == (
        "Location,Spend Currency,Receive Currency,Receive Amount,Spend Amount,Fee,Fee Currency,Description,Timestamp"
    )


def test_a_withdrawal_names_its_fee_and_its_transaction_once(young: Sealed) -> None:
    """The ledger counts the fee with it."""
    rows = [row for row in lines(young.exports / "koinly.csv") if row["Description"].startswith("Withdrawal")]
    sent = {(row["txid"], row["amount"], row["asset"]) for row in rows_of(young.folder, "movements.csv")}

    assert {(row["TxHash"], row["Sent Amount"], row["Sent Currency"]) for row in rows} <= sent
    assert len({row["TxHash"] for row in rows}) == len(rows)
    assert any(row["Fee Amount"] for row in rows)


def test_results_of_contracts_are_labelled_and_their_trades_are_not_entered(young: Sealed) -> None:
    rows = [row for row in lines(young.exports / "koinly.csv") if "-SWAP" in row["Description"]]

    assert {"realized gain"} == {row["Label"] for row in rows}
    assert all(bool(row["Sent Amount"]) != bool(row["Received Amount"]) for row in rows)


def test_sub_accounts_are_named(young: Sealed) -> None:
    rows = [row for row in lines(young.exports / "koinly.csv") if "sub-account" in row["Description"]]

    assert rows
    assert all("to sub-account demo-sub" in row["Description"] for row in rows)


def test_a_partial_archive_is_not_exported_without_saying_so(old: Sealed) -> None:
    for name in ("koinly.csv", "rotki_events.csv", "rotki_trades.csv"):
        first, *others = [row["Description"] for row in lines(old.exports / name)]
        assert "THIS ARCHIVE IS NOT COMPLETE (partial)" in first
        assert not any("NOT COMPLETE" in words for words in others)
    assert "; Not in it: " in (old.exports / "okx.beancount").read_text()


def test_balances_that_were_there_before_begin_a_second_before_their_wallet(old: Sealed) -> None:
    opened = [row for row in rows_of(old.folder, "balances.csv") if Decimal(row["opening"])]
    rows = [row for row in lines(old.exports / "okx-events.csv") if row["nature"] == "opening"]
    first = datetime.fromisoformat(min(row["first_row"] for row in opened if row["first_row"]))

    assert len(opened) == len(rows) == old.notes.openings
    assert {first - timedelta(seconds=1)} == {datetime.fromisoformat(row["time"]) for row in rows}


@pytest.mark.slow("a program of others")
@with_bean_check
def test_bean_check_proves_the_balances_by_itself_whole_or_a_part(young: Sealed, old: Sealed, tmp_path: Path) -> None:
    last = int(NOW.timestamp() * 1000) // DAY * DAY
    written(old.folder, tmp_path / "part", TimeSpan(last - 100 * DAY, last - 20 * DAY))
    paths = [young.folder / "data/exports", old.folder / "data/exports", tmp_path / "part"]

    assert [(0, "")] * 3 == [bean_check(path / "okx.beancount") for path in paths]


@pytest.mark.slow("a program of others")
@with_bean_check
def test_bean_check_misses_a_row_that_is_lost(young: Sealed, tmp_path: Path) -> None:
    tables = Path(shutil.copytree(young.folder / TABLES, tmp_path / "tables"))
    rows = (tables / "ledger.csv").read_bytes().splitlines(keepends=True)
    (tables / "ledger.csv").write_bytes(b"".join([*rows[:40], *rows[41:]]))
    written(young.folder, tmp_path, tables=tables)

    code, told_errors = bean_check(tmp_path / "okx.beancount")
    assert (1, True) == (code, "Balance failed" in told_errors)


def test_an_export_that_was_changed_is_found_behind_a_new_seal(young: Sealed, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(young.folder, tmp_path / "copy"))
    path = copy / "data/exports/koinly.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    seal(copy, {"Bagging-Date": "2026-11-28"})

    with pytest.raises(DamagedError, match=r"koinly\.csv does not follow"):
        verify(copy)


def test_a_span_writes_what_lies_in_it_and_carries_nothing_over_to_koinly(young: Sealed, tmp_path: Path) -> None:
    last = int(NOW.timestamp() * 1000) // DAY * DAY
    written(young.folder, tmp_path, TimeSpan(last - 30 * DAY, last - 10 * DAY))
    whole, part = (lines(path / "koinly.csv") for path in (young.exports, tmp_path))
    expected = [row for row in whole if "2026-10-29" <= row["Date"][:10] < "2026-11-18"]

    assert [row["TxHash"] for row in expected] == [row["TxHash"] for row in part]


Row = dict[str, str]
TRANSFER_COLUMNS = ("id", "from_wallet", "to_wallet", "from_account", "to_account", "ledger_ids")
MOVEMENT_COLUMNS = ("kind", "asset", "exchange_time", "amount", "fee", "fee_asset", "txid")
"""What exports read of the tables beside the ledgers."""


class Tables:
    """Tables of an archive, written by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: list[Row] = []
        self.transfers: list[Row] = []

    def change(self, change: str, asset: str, kind: str, *, time: int = 1_700_000_000_000, **more: str) -> None:
        """Add a row of a ledger."""
        made = {"id": str(len(self.rows) + 1), "wallet": "trading", "type": "2"}
        moment = {"exchange_time": str(time), "time": "2023-11-14T22:13:20.000Z"}
        self.rows.append({**made, **moment, "asset": asset, "change": change, "balance": "0", "kind": kind, **more})

    def export(self, **heading: object) -> tuple[Path, Notes]:
        """Write all tables and every format."""
        self._write("ledger", LEDGER_COLUMNS, self.rows)
        self._write("balances", BALANCE_COLUMNS, [])
        self._write("transfers", TRANSFER_COLUMNS, self.transfers)
        self._write("movements", MOVEMENT_COLUMNS, [])
        wallets = {(row["wallet"], row["asset"]) for row in self.rows}
        coins = [Coin(*place, "0", self._total(place), 1_700_000_000_000) for place in sorted(wallets)]
        facts = {"exchange": "okx", "name": "OKX", "uid": "7", "status": "complete", "gaps": (), "span": TimeSpan()}
        made = Heading(**{**facts, "finished": 1_700_000_900_000, "coins": coins, **heading})  # type: ignore[arg-type]
        return self.folder, write_exports(self.folder, made, CONTRACTS, self.folder, list(FORMATS.values()))

    def _total(self, place: tuple[str, str]) -> str:
        changes = [Decimal(row["change"]) for row in self.rows if (row["wallet"], row["asset"]) == place]
        return format(sum(changes, Decimal(0)), "f")

    def _write(self, name: str, columns: Iterable[str], rows: Iterable[Row]) -> None:
        heads = list(columns)
        with table(self.folder / f"{name}.csv", heads) as writer:
            for row in rows:
                writer.writerow([row.get(head, "") for head in heads])

    def koinly(self) -> list[list[str]]:
        """Sides, fee, label of each row."""
        folder, _notes = self.export()
        order = ["Sent Amount", "Sent Currency", "Received Amount", "Received Currency", "Fee Amount", "Fee Currency"]
        return [[row[name] for name in (*order, "Label")] for row in lines(folder / "koinly.csv")]


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    return Tables(tmp_path)


def test_a_trade_is_one_row_and_its_fee_in_the_coin_received_is_not_counted_twice(tables: Tables) -> None:
    tables.change("-64", "USDT", "trade", trade_id="5", order_id="4", instrument="BTC-USDT")
    tables.change("7", "USDC", "deposit")
    more = {"trade_id": "5", "order_id": "4", "instrument": "BTC-USDT", "fee": "-0.000001"}
    tables.change("0.000999", "BTC", "trade", time=1_700_000_000_400, **more)

    assert [["64", "USDT", "0.000999", "BTC", "", "", ""], ["", "", "7", "USDC", "", "", ""]] == tables.koinly()
    assert "includes a fee of 0.000001 BTC" in lines(tables.folder / "koinly.csv")[0]["Description"]
    postings = (tables.folder / "okx.beancount").read_text().split("Trade BTC-USDT")[1].splitlines()
    assert ["  Expenses:OKX:Fees  0.000001 BTC", "  Equity:OKX:Trades  -0.001000 BTC"] == postings[6:8]


def test_a_fee_in_a_third_coin_stands_beside_the_trade(tables: Tables) -> None:
    for change, asset, kind in (("0.5", "ETH", "trade"), ("-1000", "USDT", "trade"), ("-0.0012", "BNB", "fee")):
        tables.change(change, asset, kind, trade_id="5", instrument="ETH-USDT")

    assert [["1000", "USDT", "0.5", "ETH", "0.0012", "BNB", ""]] == tables.koinly()


def test_two_conversions_of_one_moment_are_two(tables: Tables) -> None:
    for change, asset in (("-3", "SHIB"), ("-4", "DOGE"), ("0.1", "USDT"), ("0.2", "USDT")):
        tables.change(change, asset, "conversion")

    both = [["3", "SHIB", "0.1", "USDT", "", "", ""], ["4", "DOGE", "0.2", "USDT", "", "", ""]]
    assert both == tables.koinly()


def test_one_side_of_a_trade_is_written_and_named(tables: Tables) -> None:
    tables.change("-64", "USDT", "trade", trade_id="5", instrument="BTC-USDT")
    folder, notes = tables.export()

    assert "other side is not in the archive" in lines(folder / "koinly.csv")[0]["Description"]
    assert any("only one side is here: 1" in str(one) for one in notes.messages())


def test_own_transfers_are_left_out_and_half_a_transfer_is_written_and_named(tables: Tables) -> None:
    tables.change("-5", "USDT", "transfer", wallet="funding")
    tables.change("5", "USDT", "transfer")
    tables.change("-6", "USDT", "transfer", wallet="funding")
    tables.transfers = [{"from_wallet": "funding", "to_wallet": "trading", "ledger_ids": "1 2"}]

    assert [["6", "USDT", "", "", "", "", ""]] == tables.koinly()
    assert "other half" in lines(tables.folder / "rotki_events.csv")[0]["Description"]


@pytest.mark.parametrize(
    ("kind", "change", "label", "rotki"),
    [
        ("reward", "1", "reward", "Income"),
        ("airdrop", "1", "airdrop", "Income"),
        ("rebate", "1", "cashback", "Income"),
        ("interest", "-1", "margin fee", "Loss"),
        ("interest", "1", "lending interest", "Income"),
        ("funding", "-1", "realized gain", "Loss"),
        ("settlement", "1", "realized gain", "Income"),
        ("loan", "1", "", "Deposit"),
        ("other", "-1", "", "Withdrawal"),
    ],
)
def test_each_kind_has_its_label(tables: Tables, kind: str, change: str, label: str, rotki: str) -> None:
    tables.change(change, "USDT", kind)

    assert [label] == [row[-1] for row in tables.koinly()]
    assert [rotki] == [row["Type"] for row in lines(tables.folder / "rotki_events.csv")]


def test_what_earn_paid_and_no_row_tells_is_said(tables: Tables) -> None:
    tables.change("-1000", "USDT", "earn_in")
    tables.change("1001.25", "USDT", "earn_out")
    _folder, notes = tables.export()

    assert any("1.25 USDT more came out of Earn" in str(one) for one in notes.messages())


def test_spreadsheets_get_no_formula_from_names(tables: Tables) -> None:
    tables.change("1", "'=1+1", "deposit", description="'=cmd|' /C calc'!A0")
    folder, _notes = tables.export()
    cells = [cell for path in folder.glob("*.csv") for row in lines(path) for cell in row.values()]

    assert {"+", "-", "=", "@"} & {cell[:1] for cell in cells if not cell[1:2].isdigit()} == set()


@with_bean_check
def test_bean_check_accepts_coins_and_amounts_that_beancount_would_not_take(tables: Tables) -> None:
    """Names that are none there, and more digits than it adds up exactly."""
    for asset in ("1INCH", "T", "TRUE", "\u5e01\u5b89", 'A"B\\', "X1INCH"):
        tables.change("123456789012345678.000000000000000001", asset, "deposit")
        tables.change("0.000000000000000001", asset, "reward")
        tables.change("-0.123456789012345678", asset, "withdrawal")
    folder, _notes = tables.export()

    assert (0, "") == bean_check(folder / "okx.beancount")
    assert 'commodity X1INCH-2\n  code: "1INCH"' in (folder / "okx.beancount").read_text()


def test_no_two_coins_have_one_name_in_beancount() -> None:
    names = commodities(["1INCH", "X1INCH", "BTC", "btc", "T", "A" * 30, "A" * 31, "-", "NULL"])

    assert ("BTC", "X1INCH", "X1INCH-2") == (names["BTC"], names["X1INCH"], names["1INCH"])
    assert len(set(names.values())) == len(names)
    assert all(2 <= len(name) <= 24 for name in names.values())


def test_the_names_of_okxs_contracts_are_told_from_pairs() -> None:
    history = load("okx").history
    assert history is not None
    assert CONTRACTS == history.contracts


def state_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_export_leaves_the_archive_as_it_is_and_ends_as_the_archive_does(
    old: Sealed, cli: Cli, tmp_path: Path
) -> None:
    before = state_of(old.folder)
    ran = cli("archive", "export", str(old.folder), "--format", "koinly")
    both = cli("archive", "export", str(old.folder), "--format", "rotki", "-o", str(tmp_path / "to"))
    year = cli("archive", "export", str(old.folder), "--format", "csv", "--from", "2026-11-01", "--to", "2026-11-02")

    assert (3, 3, 3) == (ran.code, both.code, year.code)
    assert (old.exports / "koinly.csv").read_text() == ran.out
    assert "Partial" in ran.err
    assert {"rotki_events.csv", "rotki_trades.csv"} == {path.name for path in (tmp_path / "to").iterdir()}
    assert {"2026-11-01", "2026-11-02"} >= {line[:10] for line in year.out.splitlines()[1:]}
    assert before == state_of(old.folder)


def test_parquet_has_every_table_with_every_cell_as_it_stands_in_the_archive(
    young: Sealed, cli: Cli, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="no pyarrow: install requirements/dev.txt")
    ran = cli("archive", "export", str(young.folder), "--format", "parquet", "-o", str(tmp_path / "to"))
    tables = {path.stem: lines(path) for path in (young.folder / "data/tables").iterdir()}

    assert 0 == ran.code
    assert tables == {path.stem: parquet.read_table(path).to_pylist() for path in (tmp_path / "to").iterdir()}


def test_parquet_of_some_days_has_their_rows_and_all_balances(young: Sealed, cli: Cli, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="no pyarrow: install requirements/dev.txt")
    days = ("--from", "2026-11-01", "--to", "2026-11-02")
    cli("archive", "export", str(young.folder), "--format", "parquet", "-o", str(tmp_path / "to"), *days)
    rows = [row for row in lines(young.folder / "data/tables/ledger.csv") if "2026-11-01" <= row["time"] < "2026-11-03"]

    assert rows
    assert rows == parquet.read_table(tmp_path / "to/ledger.parquet").to_pylist()
    balances = lines(young.folder / "data/tables/balances.csv")
    assert balances == parquet.read_table(tmp_path / "to/balances.parquet").to_pylist()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "rotki"), "name a folder"),
        (("--format", "parquet"), "name a folder"),
        (("--format", "quicken"), "is none of"),
        (("--format", "csv", "--from", "2026-02-01", "--to", "2026-01-01"), "later than"),
        (("--format", "csv", "-o", "data/mine.csv"), "sealed archive"),
    ],
)
def test_wrong_use_of_an_export_is_told(
    young: Sealed, cli: Cli, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(young.folder)
    ran = cli("archive", "export", str(young.folder), *arguments)

    assert (2, True) == (ran.code, words in ran.err)


def test_an_archive_that_is_not_finished_is_not_exported(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "okx-7.part").mkdir()
    ran = cli("archive", "export", str(tmp_path / "okx-7.part"), "--format", "koinly")

    assert (2, True) == (ran.code, "is not finished" in ran.err)


@with_bean_check
def test_an_account_in_which_nothing_ever_was_has_exports_without_a_row(tables: Tables) -> None:
    folder, notes = tables.export()

    assert [] == [*lines(folder / "koinly.csv"), *lines(folder / "okx-events.csv"), *notes.messages()]
    assert (0, "") == bean_check(folder / "okx.beancount")


def test_an_archive_that_was_changed_is_not_exported(young: Sealed, cli: Cli, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(young.folder, tmp_path / "copy"))
    (copy / "data/tables/ledger.csv").write_text("id\n")
    ran = cli("archive", "export", str(copy), "--format", "koinly")

    assert (1, "", True) == (ran.code, ran.out, "ledger.csv" in ran.err)
