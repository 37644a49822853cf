"""Files from the exchange's site, added to an archive of an account that is older than the API's ledger."""

import csv
import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor import demo
from auditor.archive.add import add
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus
from auditor.archive.verify import verify
from auditor.demo.okx import downloads
from auditor.demo.okx.story import FUNDING, TRADING, Story
from auditor.i18n import Translator
from auditor.model.errors import UserError
from tests.archive.archiving import NOW, Doubts, archived, rows_of, told

Files = Mapping[str, bytes]
DAY = 86_400_000
HOUR = 3_600_000


@dataclass(frozen=True)
class Old:
    """An archive that begins with balances, and the files that its owner can download."""

    account: demo.Account
    folder: Path
    files: Files

    def added(self, files: Files, folder: Path) -> Archive:
        """The archive with these files, which are written into a folder first."""
        for name, data in files.items():
            (folder / name).write_bytes(data)
        return add(self.folder, [folder / name for name in files], Translator())

    def told_by(self, files: Files, folder: Path) -> tuple[ArchiveStatus, str]:
        """Status and all sentences of the archive with these files."""
        outcome = self.added(files, folder).outcome
        return outcome.status, "\n".join(map(str, (*outcome.faults, *outcome.wallets, *outcome.gaps)))


def _old(account: demo.Account, folder: Path) -> Old:
    return Old(account, archived(account, folder).folder, downloads.quarter_files(account, NOW.timestamp()))


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Old:
    return _old(told(events=260, days=500), tmp_path_factory.mktemp("old"))


@pytest.fixture(scope="module")
def whole(old: Old, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The archive with the files of all quarters."""
    return old.added(old.files, tmp_path_factory.mktemp("downloads"))


def test_the_files_of_all_quarters_lead_back_to_nothing(old: Old, whole: Archive) -> None:
    assert (ArchiveStatus.COMPLETE, Doubts((), ())) == (whole.outcome.status, Doubts.of(whole.outcome))
    assert ["opened with nothing"] * 2 == re.findall("opened with nothing", str(list(map(str, whole.outcome.wallets))))
    assert {"trading-ledger": (), "funding-ledger": ()} == dict(whole.outcome.quarters)
    assert len(verify(old.folder).outcome.gaps) > len(whole.outcome.gaps)


def test_every_row_of_the_story_is_in_the_table_once_digit_for_digit(old: Old, whole: Archive) -> None:
    told_rows = [row for path in (FUNDING, TRADING) for row in old.account.books[path]]
    expected = sorted((row["billId"], row["ccy"], row["balChg"], row["bal"], row["type"]) for row in told_rows)
    rows = rows_of(whole.folder, "ledger.csv")

    assert expected == sorted(tuple(row[name] for name in ("id", "asset", "change", "balance", "type")) for row in rows)
    assert {"running", "imported"} == {row["proof"] for row in rows}
    kinds = {row["kind"] for row in rows if row["proof"] == "imported"}
    assert {"trade", "transfer", "interest", "funding", "conversion"} == kinds


def test_a_row_of_a_file_names_its_line(whole: Archive) -> None:
    row = next(row for row in rows_of(whole.folder, "ledger.csv") if row["proof"] == "imported")
    place, _colon, line = row["source"].rpartition(":")
    file, member = place.rsplit("/", 1)
    with zipfile.ZipFile(whole.folder / "data" / file) as archive:
        assert row["id"] in archive.read(member).decode().splitlines()[int(line) - 1]


def test_files_are_kept_byte_for_byte_and_the_old_archive_is_as_it_was(old: Old, whole: Archive) -> None:
    kept = {path.name: path.read_bytes() for path in (whole.folder / "data/imported").iterdir()}
    seal = hashlib.sha256((old.folder / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    ran = subprocess.run(["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd=whole.folder, check=False)

    assert old.files == kept
    assert f"Previous-Archive-Seal: {seal}\n" in (whole.folder / "bag-info.txt").read_text()
    assert (0, whole.outcome.gaps) == (ran.returncode, verify(whole.folder).outcome.gaps)
    assert not (old.folder / "data/imported").exists()


def test_a_file_that_is_there_already_is_kept_once(old: Old, whole: Archive, tmp_path: Path) -> None:
    name, data = next(iter(old.files.items()))
    (tmp_path / f"again-{name}").write_bytes(data)
    again = add(whole.folder, [tmp_path / f"again-{name}"], Translator())

    assert sorted(old.files) == sorted(path.name for path in (again.folder / "data/imported").iterdir())
    assert whole.outcome == again.outcome


Rows = list[dict[str, str]]


def changed(files: Files, number: int, change: Callable[[Rows], Rows]) -> Files:
    """The files with the table of one quarter changed."""
    name = sorted(files)[number]
    with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
        (member,) = archive.namelist()
        rows = list(csv.DictReader(io.StringIO(archive.read(member).decode())))
    return {**files, name: downloads.zipped(member, downloads.quarter_csv(change(rows)[::-1]))}


def altered(rows: Rows) -> Rows:
    at = len(rows) // 2
    digit = "1" if rows[at]["balChg"][-1] != "1" else "2"
    return [*rows[:at], {**rows[at], "balChg": rows[at]["balChg"][:-1] + digit}, *rows[at + 1 :]]


def later(rows: Rows) -> Rows:
    return [{**row, "ts": str(int(row["ts"]) + 8 * HOUR)} for row in rows]


AMOUNTS: Mapping[str, Callable[[Rows], Rows]] = {
    "lost": lambda rows: rows[: len(rows) // 2] + rows[len(rows) // 2 + 1 :],
    "doubled": lambda rows: [*rows, rows[3]],
    "altered": altered,
    "the newest lost": lambda rows: rows[1:],
    "the oldest lost": lambda rows: rows[:-1],
}


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize("fault", AMOUNTS)
def test_a_row_of_a_quarter_that_is_changed_does_not_reconcile(old: Old, tmp_path: Path, fault: str) -> None:
    assert ArchiveStatus.DIFFERS == old.told_by(changed(old.files, 2, AMOUNTS[fault]), tmp_path)[0]


def test_rows_out_of_order_are_put_in_order(old: Old, whole: Archive, tmp_path: Path) -> None:
    shuffled = old.added(changed(old.files, 2, lambda rows: rows[::2] + rows[1::2]), tmp_path)
    ids = [[row["id"] for row in rows_of(one.folder, "ledger.csv")] for one in (whole, shuffled)]
    assert (ids[0], whole.outcome.gaps) == (ids[1], shuffled.outcome.gaps)


def test_a_quarter_that_is_left_out_is_named_and_is_no_contradiction(old: Old, tmp_path: Path) -> None:
    left_out = sorted(old.files)[2]
    status, said = old.told_by({name: data for name, data in old.files.items() if name != left_out}, tmp_path)

    assert ArchiveStatus.PARTIAL == status
    assert "okx-2026-Q1.zip" == left_out
    assert "Quarters that are not in this archive: 1 (2026 Q1 to 2026 Q1)" in said
    assert "balances changed where no file and no answer has every row" in said
    assert "Trading account: proved since 2026-04-0" in said


def test_the_file_of_another_account_never_fits(old: Old, tmp_path: Path) -> None:
    other = downloads.quarter_files(told(events=260, days=500, seed=8), NOW.timestamp())
    name = sorted(old.files)[2]
    assert ArchiveStatus.DIFFERS == old.told_by({**old.files, name: other[name]}, tmp_path)[0]


def test_a_quarter_whose_times_are_of_another_zone_is_told(old: Old, tmp_path: Path) -> None:
    _status, said = old.told_by(changed(old.files, 2, later), tmp_path)
    assert "transfers whose other half is in no list here" in said


def in_and_out(first: int) -> Story:
    """A story that begins with a coin that is moved to the trading account and back at once."""
    for seed in range(100):
        story = Story(seed)
        story.deposit(first)
        story.move_in(first)
        story.move_out(first + 1)
        if not any(story.trading.balances.values()):
            return story
    raise AssertionError


@pytest.mark.slow("an archive of its own")
def test_two_rows_of_a_quarter_that_cancel_out_are_missed_by_the_other_wallet(tmp_path: Path) -> None:
    last = int(NOW.timestamp() * 1000) - 60_000
    first = last - 300 * DAY
    account = in_and_out(first).tell(60, first + DAY, last).account(demo.account("empty"), last)
    made = _old(account, tmp_path)
    said = [made.told_by(files, tmp_path)[1] for files in (made.files, changed(made.files, 0, lambda rows: rows[:-2]))]

    assert [False, True] == ["transfers whose other half is in no list here: 2" in one for one in said]


def test_an_export_of_the_site_is_joined_and_its_rounding_is_told(old: Old, tmp_path: Path) -> None:
    text = downloads.trading_export(old.account.rows(TRADING), old.account.uid, hours=8)
    made = old.added({"OKX history.csv": text.encode()}, tmp_path)
    expected = {row["billId"]: int(row["ts"]) // 1000 for row in old.account.rows(TRADING)}
    found = [row for row in rows_of(made.folder, "ledger.csv") if row["proof"] == "imported"]

    assert (ArchiveStatus.PARTIAL, ()) == (made.outcome.status, made.outcome.faults)
    assert {row["id"]: int(row["exchange_time"]) // 1000 for row in found}.items() <= expected.items()
    assert any("its amounts are rounded" in str(gap) for gap in made.outcome.gaps)
    assert "rounded" in {row["status"] for row in rows_of(made.folder, "balances.csv")}


def test_an_export_of_the_site_that_lacks_a_row_does_not_reconcile(old: Old, tmp_path: Path) -> None:
    rows = old.account.rows(TRADING)
    text = downloads.trading_export([*rows[:40], *rows[41:]], old.account.uid)
    assert ArchiveStatus.DIFFERS == old.told_by({"history.csv": text.encode()}, tmp_path)[0]


def test_an_export_of_the_funding_account_says_what_the_api_says(old: Old, tmp_path: Path) -> None:
    text = downloads.funding_export(old.account.rows(FUNDING), old.account.uid, hours=-3)
    made = old.added({"OKX Funding History.csv": text.encode()}, tmp_path)

    assert verify(old.folder).outcome.gaps == made.outcome.gaps
    assert rows_of(old.folder, "ledger.csv") == rows_of(made.folder, "ledger.csv")


SITES: Mapping[str, tuple[Callable[[str], str], ArchiveStatus, str]] = {
    "another amount": (lambda text: text.replace("Deposit,", "Deposit,1"), ArchiveStatus.DIFFERS, "do not fit"),
    "another coin": (lambda text: text.replace(",ETH\n", ",ETC\n"), ArchiveStatus.DIFFERS, "not the same"),
    "another zone": (lambda text: text.replace("UTC+0", "UTC+8"), ArchiveStatus.PARTIAL, "of another zone"),
    "no zone that fits": (lambda text: text.replace(":UTC+0", ":Mars"), ArchiveStatus.PARTIAL, ""),
    "another uid": (lambda text: text.replace("UID:", "UID:1"), ArchiveStatus.PARTIAL, "it is of account 1"),
    "other columns": (lambda text: text.replace("Before", "Zuvor"), ArchiveStatus.PARTIAL, "none that this program"),
    "a row more": (
        lambda text: text + "20000000000,2026-01-01 00:00:00,Deposit,1,0,1,XRP\n",
        ArchiveStatus.DIFFERS,
        "not in the answers",
    ),
    "two old rows more that cancel out": (
        lambda text: text + "2,2026-01-01 00:00:01,Withdrawal,-1,1,0,XRP\n1,2026-01-01 00:00:00,Deposit,1,0,1,XRP\n",
        ArchiveStatus.DIFFERS,
        "row 1 is in this file and not in the answers",
    ),
    "a torn row": (lambda text: text[:-30], ArchiveStatus.DIFFERS, "cells, not 7"),
}


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize("fault", SITES)
def test_an_export_of_the_site_that_is_wrong_is_told(old: Old, tmp_path: Path, fault: str) -> None:
    change, expected, words = SITES[fault]
    text = change(downloads.funding_export(old.account.rows(FUNDING), old.account.uid))
    status, said = old.told_by({"funding.csv": text.encode()}, tmp_path)

    assert (expected, True) == (status, words in said)


def test_what_is_no_file_is_refused_and_nothing_is_left(old: Old, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to("/etc/hosts")
    before = sorted(old.folder.parent.glob("[!.]*"))
    for path in (tmp_path / "link.csv", tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(UserError, match="cannot be added"):
            add(old.folder, [path], Translator())
    assert before == sorted(old.folder.parent.glob("[!.]*"))


def test_adding_that_was_killed_or_found_the_disk_full_leaves_nothing_in_the_way(
    old: Old, whole: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    part = old.folder.with_name(f"okx-{old.account.uid}.add.part")
    (part / "data/imported").mkdir(parents=True)
    (part / "data/imported/half.csv").write_text("half of a file")
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfileobj", full)
        with pytest.raises(UserError, match="No space left"):
            old.added(old.files, tmp_path)
    assert not part.exists()

    again = old.added(old.files, tmp_path)
    tables = [
        {path.name: path.read_bytes() for path in (one.folder / "data/tables").iterdir()} for one in (whole, again)
    ]
    assert tables[0] == tables[1]


@pytest.mark.slow("two archives")
def test_a_later_archive_has_the_files_that_were_added_to_the_one_before(old: Old, tmp_path: Path) -> None:
    """One file was changed since, and is left out as if it had not been added."""
    shutil.copytree(old.folder, tmp_path / "to" / old.folder.name)
    again = Old(old.account, tmp_path / "to" / old.folder.name, old.files)
    added = again.added(old.files, tmp_path)
    kept, changed = sorted((added.folder / "data/imported").iterdir())[:2]
    changed.write_bytes(b"changed")
    later = archived(old.account, tmp_path / "to")
    names = {path.name for path in (later.folder / "data/imported").iterdir()}

    assert old.files.keys() - {changed.name} == names
    assert old.files[kept.name] == (later.folder / "data/imported" / kept.name).read_bytes()
    assert verify(later.folder).outcome.status is later.outcome.status
