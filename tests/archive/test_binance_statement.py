"""Binance's statement of all changes, added to the archive of an account that is older than what the API gives."""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import pytest

from auditor.archive import add as adding
from auditor.archive import verify as verifying
from auditor.archive.add import add
from auditor.archive.document import read_document
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus, ProofKind
from auditor.archive.verify import verify
from auditor.demo.binance.story import DAY, FUNDING, SPOT
from auditor.i18n import Translator
from tests.archive.archiving import Doubts, rows_of
from tests.archive.binance_archiving import archived, exchange
from tests.archive.binance_statement import Line, Stated, changed, new_statement, stated, statement
from tests.archive.test_binance import shown
from tests.archive.test_exports import BEAN_CHECK, bean_check, koinly_sums, rotki_sums, sums

BALANCES = ("sapi/v3/asset/getUserAsset", "sapi/v1/asset/get-funding-asset")
TOTALS = "sapi/v1/asset/wallet/balance"
HOUR = 3_600_000
Lines = tuple[Line, ...]


@dataclass(frozen=True)
class Old:
    """An account that is older than lists of six months, its statement, and its archive without it."""

    story: Stated
    folder: Path
    days: int

    @property
    def uid(self) -> str:
        return self.story.account.uid

    def added(self, files: Mapping[str, str | bytes], folder: Path, language: str = "en") -> Archive:
        """The archive with files, which are written into a folder first."""
        for name, text in files.items():
            (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        with asked(self.days):
            return add(self.folder, [folder / name for name in files], Translator(language))

    def with_lines(self, lines: Lines, folder: Path) -> Archive:
        """The archive with a statement of rows."""
        return self.added({"statement.csv": statement(lines, self.uid)}, folder)


@contextmanager
def asked(days: int) -> Iterator[None]:
    """Binance's lists, asked for so many days."""
    table = exchange(days)
    with patch.object(adding, "load", lambda _id: table), patch.object(verifying, "load", lambda _id: table):
        yield


def _old(story: Stated, folder: Path, days: int) -> Old:
    return Old(story, archived(story.account, folder, days=days).folder, days)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Old:
    return _old(stated(), tmp_path_factory.mktemp("old"), 245)


@pytest.fixture(scope="module")
def whole(old: Old, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The archive with the statement of all that ever was."""
    return old.with_lines(old.story.lines, tmp_path_factory.mktemp("downloads"))


def gaps_of(made: Archive) -> str:
    """What keeps an archive from being complete, and no contradiction does."""
    assert (ArchiveStatus.PARTIAL, ()) == (made.outcome.status, made.outcome.faults)
    return "\n".join(map(str, made.outcome.gaps))


def test_a_statement_since_the_account_was_opened_makes_an_old_archive_complete_by_sums(
    old: Old, whole: Archive
) -> None:
    with asked(old.days):
        before, after = verify(old.folder).outcome, verify(whole.folder).outcome

    assert (ArchiveStatus.PARTIAL, ArchiveStatus.COMPLETE) == (before.status, after.status)
    assert (ProofKind.SUMMED, Doubts((), ())) == (whole.outcome.kind, Doubts.of(whole.outcome))
    assert whole.outcome == after


def test_the_ledger_with_a_statement_comes_to_the_balances_of_the_story(old: Old, whole: Archive) -> None:
    rows = rows_of(whole.folder, "ledger.csv")
    own = [line for line in old.story.lines if line.account != "Earn"]

    assert shown(old.story.account) == sums((row["asset"], row["change"]) for row in rows)
    assert Counter((line.coin, Decimal(line.change)) for line in own) == Counter(
        (row["asset"], Decimal(row["change"])) for row in rows
    )
    assert {"summed", "imported"} == {row["proof"] for row in rows}


def test_only_what_the_api_does_not_give_is_imported_and_names_its_line(old: Old, whole: Archive) -> None:
    """Transfers and P2P of more than six months ago, and what went by a way that no list shows."""
    rows = [row for row in rows_of(whole.folder, "ledger.csv") if row["proof"] == "imported"]
    lines = statement(old.story.lines, old.uid).splitlines()

    assert {"Transfer Between Main and Funding Wallet", "P2P Trading", "Crypto Box"} == {row["type"] for row in rows}
    for row in rows:
        assert row["asset"] in lines[int(row["source"].rpartition(":")[2]) - 1].split(",")


def test_every_row_of_a_statement_stands_in_its_table_with_what_became_of_it(old: Old, whole: Archive) -> None:
    table = rows_of(whole.folder, "statement.csv")
    ids = {row["id"] for row in rows_of(whole.folder, "ledger.csv")}

    assert [line.change for line in old.story.lines] == [row["change"] for row in table]
    assert {"api", "imported", "inside"} == {row["found"] for row in table}
    assert {row["ledger_id"] for row in table if row["found"] != "inside"} == ids


def test_a_conversion_is_written_for_the_wallet_that_the_statement_names(old: Old, whole: Archive) -> None:
    expected = Counter(line.account.lower() for line in old.story.lines if line.operation == "Binance Convert")
    rows = rows_of(whole.folder, "ledger.csv")

    assert expected == Counter(row["wallet"] for row in rows if row["id"].startswith("conversions:"))
    assert len(expected) > 1


def test_exports_with_a_statement_count_nothing_twice(old: Old, whole: Archive) -> None:
    rows = rows_of(whole.folder, "ledger.csv")
    inside = [(row["asset"], str(-Decimal(row["change"]))) for row in rows if row["kind"] in {"earn_in", "earn_out"}]
    held = [(coin, str(amount)) for coin, amount in shown(old.story.account).items()]
    expected = sums([*held, *inside])
    exports = whole.folder / "data/exports"

    assert expected == koinly_sums(exports)
    assert expected == rotki_sums(exports)
    assert BEAN_CHECK is None or bean_check(exports / "binance.beancount") == (0, "")
    transfers = [row for row in rows_of(whole.folder, "transfers.csv") if "imported" in row["ledger_ids"]]
    assert {(SPOT, FUNDING)} >= {(row["from_wallet"], row["to_wallet"]) for row in transfers} - {(FUNDING, SPOT)}
    assert len(transfers) * 2 == sum(row["proof"] == "imported" and row["kind"] == "transfer" for row in rows)


def _altered(lines: Lines, number: int) -> Lines:
    change = lines[number].change
    return changed(lines, number, change=f"{change[:-1]}{'1' if change[-1] != '1' else '2'}")


FAULTS: Mapping[str, Callable[[Lines, int], Lines]] = {
    "lost": lambda lines, at: (*lines[:at], *lines[at + 1 :]),
    "doubled": lambda lines, at: (*lines[: at + 1], *lines[at:]),
    "altered": _altered,
    "with another sign": lambda lines, at: changed(lines, at, change=str(-Decimal(lines[at].change))),
    "of another coin": lambda lines, at: changed(lines, at, coin="XRP"),
    "of another wallet": lambda lines, at: changed(
        lines, at, account="Spot" if lines[at].account != "Spot" else "Funding"
    ),
    "a float": lambda lines, at: changed(lines, at, change=f"{float(lines[at].change)!r}0000000001"),
}


@pytest.mark.usefixtures("without_exports")
@pytest.mark.campaign(one_of=50)
@pytest.mark.parametrize("number", range(0, 197, 5))
@pytest.mark.parametrize("fault", FAULTS)
def test_a_row_that_is_changed_never_ends_complete_and_is_never_hidden(
    old: Old, tmp_path: Path, fault: str, number: int
) -> None:
    lines = FAULTS[fault](old.story.lines, number)
    made = old.with_lines(lines, tmp_path)

    assert made.outcome.status is not ArchiveStatus.COMPLETE
    assert len(lines) == len(rows_of(made.folder, "statement.csv"))


@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize("fault", ["lost", "doubled", "altered"])
def test_a_row_within_earn_that_is_changed_leaves_something_where_nothing_is(
    old: Old, tmp_path: Path, fault: str
) -> None:
    number = next(at for at, line in enumerate(old.story.lines) if line.account == "Earn")
    gaps = gaps_of(old.with_lines(FAULTS[fault](old.story.lines, number), tmp_path))

    assert "Earn: its rows in files come to" in gaps


@pytest.mark.usefixtures("without_exports")
def test_a_trade_of_which_file_and_api_say_different_amounts_does_not_reconcile(old: Old, tmp_path: Path) -> None:
    number = next(at for at, line in enumerate(old.story.lines) if line.operation == "Transaction Buy")
    made = old.with_lines(_altered(old.story.lines, number), tmp_path)

    assert ArchiveStatus.DIFFERS == made.outcome.status
    assert f"(imported/statement.csv:{number + 2})" in str(made.outcome.faults[0])
    assert "the file of the site says" in str(made.outcome.faults[0])


@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize("begin", [40, 120])
def test_a_statement_that_begins_late_says_so(old: Old, tmp_path: Path, begin: int) -> None:
    gaps = gaps_of(old.with_lines(old.story.lines[begin:], tmp_path))

    assert "and this account has earlier changes" in gaps
    assert "Transfers between wallets: the exchange's list goes back this far" in gaps


def parts(lines: Lines, until: int, since: int) -> tuple[Lines, Lines]:
    """The rows of two files: up to a time, and from another on."""
    return tuple(one for one in lines if one.time <= until), tuple(one for one in lines if one.time >= since)


def two_files(old: Old, until: int, since: int) -> dict[str, str]:
    first, second = parts(old.story.lines, until, since)
    return {"first.csv": statement(first, old.uid), "second.csv": statement(second, old.uid)}


@pytest.mark.usefixtures("without_exports")
def test_a_month_between_two_files_is_named_whatever_the_api_has_of_it(old: Old, tmp_path: Path) -> None:
    middle = old.story.lines[60].time
    gaps = gaps_of(old.added(two_files(old, middle, middle + 30 * DAY), tmp_path))

    assert "Between 2026-" in gaps
    assert "no file has a row" in gaps
    assert "Changes that the API gave and no file has" in gaps


@pytest.mark.usefixtures("without_exports")
def test_two_files_that_only_touch_do_not_prove_that_nothing_is_between_them(old: Old, tmp_path: Path) -> None:
    middle = old.story.lines[30].time
    gaps = gaps_of(old.added(two_files(old, middle, middle + 1), tmp_path))

    assert "no file has a row, and nothing says whether there was one" in gaps
    assert "P2P orders: the exchange's list goes back this far" in gaps


@pytest.mark.usefixtures("without_exports")
def test_files_that_overlap_prove_the_same_as_one_file(old: Old, whole: Archive, tmp_path: Path) -> None:
    middle = old.story.lines[60].time
    made = old.added(two_files(old, middle + 20 * DAY, middle - 20 * DAY), tmp_path)
    both = [
        {(row["time"], row["asset"], row["change"]) for row in rows_of(one.folder, "ledger.csv")}
        for one in (whole, made)
    ]

    assert (ArchiveStatus.COMPLETE, both[0]) == (made.outcome.status, both[1])
    assert "again" in {row["found"] for row in rows_of(made.folder, "statement.csv")}


@pytest.mark.usefixtures("without_exports")
def test_files_of_the_same_time_that_do_not_have_the_same_rows_are_told(old: Old, tmp_path: Path) -> None:
    middle = old.story.lines[60].time
    first, second = parts(old.story.lines, middle + 20 * DAY, middle - 20 * DAY)
    lost = tuple(line for line in second if line.time != first[-8].time)
    files = {"first.csv": statement(first, old.uid), "second.csv": statement(lost, old.uid)}

    assert "Files of the same time do not have the same rows" in gaps_of(old.added(files, tmp_path))


@pytest.mark.usefixtures("without_exports")
def test_rows_that_are_alike_in_one_file_are_two_changes(old: Old, tmp_path: Path) -> None:
    """The account gave the same twice within a second, and has that much less."""
    (gift,) = (line for line in old.story.lines if line.operation == "Crypto Box")
    made = old.with_lines((*old.story.lines, gift), tmp_path)
    imported = [row for row in rows_of(made.folder, "ledger.csv") if row["type"] == "Crypto Box"]

    assert 2 == len(imported) == len({row["id"] for row in imported})
    assert "Spot wallet USDT: the changes here come to" in gaps_of(made)


@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize("hours", [0, 7, -6])
def test_times_of_a_file_of_2026_are_of_the_zone_in_its_name(old: Old, tmp_path: Path, hours: int) -> None:
    zone = {0: "UTC", 7: "UTC+7", -6: "UTC--6"}[hours]
    name = f"Binance-Transaction-History-202611280700({zone}).csv"
    made = old.added({name: new_statement(old.story.lines, old.uid, hours)}, tmp_path)

    assert ArchiveStatus.COMPLETE == made.outcome.status


@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize("name", ["renamed.csv", "export(UTC-3).csv"])
def test_a_file_whose_times_are_of_another_zone_is_not_read_and_says_why(old: Old, tmp_path: Path, name: str) -> None:
    made = old.added({name: new_statement(old.story.lines, old.uid, 8)}, tmp_path)
    hours = {"renamed.csv": "-8", "export(UTC-3).csv": "-11"}[name]

    assert f"rows are those of the exchange if {hours} hours are added" in gaps_of(made)
    assert {"summed"} == {row["proof"] for row in rows_of(made.folder, "ledger.csv")}


@pytest.mark.usefixtures("without_exports")
def test_a_file_in_utc_that_was_moved_by_hours_is_not_read(old: Old, tmp_path: Path) -> None:
    lines = tuple(replace(line, time=line.time + 8 * HOUR) for line in old.story.lines)
    assert "its times are of another zone" in gaps_of(old.with_lines(lines, tmp_path))


@pytest.mark.usefixtures("without_exports")
def test_the_statement_of_another_account_is_refused_in_a_sentence(old: Old, tmp_path: Path) -> None:
    made = old.added({"other.csv": statement(old.story.lines, "350000009")}, tmp_path)

    assert "other.csv is kept and not read: it is of account 350000009, and this archive is of 350000001" in gaps_of(
        made
    )
    assert (made.folder / "data/imported/other.csv").is_file()


@pytest.mark.usefixtures("without_exports")
def test_one_row_of_another_account_is_enough_to_refuse_a_file(old: Old, tmp_path: Path) -> None:
    lines = statement(old.story.lines, old.uid).splitlines(keepends=True)
    text = "".join([*lines[:-1], lines[-1].replace(old.uid, "350000009")])

    made = old.added({"mixed.csv": text}, tmp_path)

    assert "mixed.csv is kept and not read: it is of account 350000009" in gaps_of(made)
    assert {"summed"} == {row["proof"] for row in rows_of(made.folder, "ledger.csv")}


@pytest.mark.usefixtures("without_exports")
def test_a_file_without_a_row_is_told(old: Old, tmp_path: Path) -> None:
    made = old.added({"empty.csv": statement((), old.uid), "all.csv": statement(old.story.lines, old.uid)}, tmp_path)

    assert ArchiveStatus.COMPLETE == made.outcome.status
    assert any("empty.csv: it has no row" in str(note) for note in made.outcome.notes)


TEXTS: Mapping[str, tuple[Callable[[str], str], str]] = {
    "a time as a spreadsheet writes it": (
        lambda text: text.replace("2026-04-02 06:59:00", "02/04/2026 06:59", 1),
        "UTC_Time is not a time",
    ),
    "a uid as a spreadsheet writes it": (lambda text: text.replace("350000001", "3.5E+08"), "User_ID is not a whole"),
    "no amount": (lambda text: text.replace(",3000,", ",,", 1), "change is blank"),
    "a comma in an amount": (lambda text: text.replace(",3000,", ',"3,000",', 1), "Change is not an amount"),
    "a torn row": (lambda text: text[:-12], "cells, not 7"),
    "an unknown account": (lambda text: text.replace(",Spot,", ",Pool,", 1), "Pool (1)"),
    "a day of the far future": (lambda text: text.replace("2026-04-02", "9999-04-02", 1), "UTC_Time is not a time"),
    "a day before Binance": (lambda text: text.replace("2026-04-02", "0026-04-02", 1), "UTC_Time is not a time"),
}


@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize("fault", TEXTS)
def test_a_row_that_cannot_be_read_is_named_with_its_line(old: Old, tmp_path: Path, fault: str) -> None:
    change, words = TEXTS[fault]
    made = old.added({"statement.csv": change(statement(old.story.lines, old.uid))}, tmp_path)

    assert words in gaps_of(made)


def quoted(text: str) -> bytes:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    return ("\ufeff" + "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)).encode()


def signed(text: str) -> bytes:
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    cells = [[*row[:5], f"{Decimal(row[5]):+E}", row[6]] for row in rows]
    return "".join(",".join(row) + "\n" for row in (head, *cells)).encode()


def in_parts(text: str) -> bytes:
    """Two parts that share their last and first rows."""
    head, *rows = text.splitlines(keepends=True)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number, part in enumerate((rows[:90], rows[80:])):
            archive.writestr(f"part-{number}.csv", "".join([head, *part]))
    return written.getvalue()


SHAPES: Mapping[str, Callable[[str], bytes]] = {
    "quotes everywhere": quoted,
    "plus signs and exponents": signed,
    "a zip of several files": in_parts,
    "other words for wallets": lambda text: text.replace(",Funding,", ",P2P,").encode(),
}


@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize("shape", SHAPES)
def test_a_statement_is_read_in_every_shape_that_was_seen(old: Old, tmp_path: Path, shape: str) -> None:
    made = old.added({"statement": SHAPES[shape](statement(old.story.lines, old.uid))}, tmp_path)
    assert (ArchiveStatus.COMPLETE, Doubts((), ())) == (made.outcome.status, Doubts.of(made.outcome))


@pytest.mark.usefixtures("without_exports")
def test_rows_that_came_after_the_archive_are_kept_and_not_added_up(old: Old, tmp_path: Path) -> None:
    later = replace(old.story.lines[-1], time=old.story.lines[-1].time + DAY)
    made = old.with_lines((*old.story.lines, later), tmp_path)

    assert ArchiveStatus.COMPLETE == made.outcome.status
    assert ["later"] == [row["found"] for row in rows_of(made.folder, "statement.csv")][-1:]


@pytest.mark.usefixtures("without_exports")
def test_a_deposit_and_its_withdrawal_that_the_api_does_not_have_are_told(old: Old, tmp_path: Path) -> None:
    """Both cancel out, so that no sum shows them: the exchange's own lists do, which go back for ever."""
    at = old.story.lines[50]
    false = (
        replace(at, account="Spot", operation="Deposit", coin="XRP", change="7"),
        replace(at, account="Spot", operation="Withdraw", coin="XRP", change="-7"),
    )
    gaps = gaps_of(old.with_lines((*old.story.lines[:50], *false, *old.story.lines[50:]), tmp_path))

    assert "Deposits: rows of files that the exchange's own list lacks: 1." in gaps
    assert "Withdrawals: rows of files that the exchange's own list lacks: 1." in gaps


@pytest.mark.usefixtures("without_exports")
def test_rewards_that_a_statement_adds_up_are_the_apis_all_the_same(old: Old, tmp_path: Path) -> None:
    """Two distributions of one day as one row, at another time of that day."""
    first = next(line for line in old.story.lines if line.operation == "Distribution")
    half = Decimal(first.change) / 2
    lines = tuple(line for line in old.story.lines if line is not first)
    split = (
        replace(first, change=str(half)),
        replace(first, change=str(Decimal(first.change) - half), time=first.time + 60_000),
    )
    made = old.with_lines((*lines, *split), tmp_path)

    assert ArchiveStatus.COMPLETE == made.outcome.status
    assert 2 == [row["found"] for row in rows_of(made.folder, "statement.csv")].count("api-sum")


def _margin(first: str, last: str) -> Lines:
    """What happened in a wallet of which the API's lists have nothing, on the day of the account's first rows."""
    at = stated().lines[20].time
    words = "transfer_in"
    return (
        Line(at, "Spot", words, "USDT", "-20"),
        Line(at, "Cross Margin", words, "USDT", first),
        Line(at + HOUR, "Cross Margin", "Fee", "USDT", "-0.25"),
        Line(at + 2 * HOUR, "Cross Margin", "Realized Profit and Loss", "USDT", "0.25"),
        Line(at + 3 * HOUR, "Cross Margin", words, "USDT", last),
        Line(at + 3 * HOUR, "Spot", words, "USDT", "20"),
    )


def with_margin(total: str | None, tmp_path: Path, first: str = "20", last: str = "-20") -> Archive:
    """The archive of an account that had margin, the exchange's total of them now, and a statement that has them."""
    account = stated().account
    names = {} if total is None else {"Cross Margin": total}
    totals = [
        {"walletName": name, "balance": amount, "activate": True} for name, amount in {"Spot": "1", **names}.items()
    ]
    story = Stated(account.with_(books={**account.books, TOTALS: totals}), stated().lines)
    made = _old(story, tmp_path, 245)
    lines = sorted((*story.lines, *_margin(first, last)), key=lambda line: line.time)
    return made.with_lines(tuple(lines), tmp_path)


@pytest.mark.slow("an archive of its own")
@pytest.mark.usefixtures("without_exports")
def test_a_wallet_that_only_the_statement_has_is_proved_where_it_came_back_to_nothing(tmp_path: Path) -> None:
    made = with_margin("0", tmp_path)
    rows = [row for row in rows_of(made.folder, "ledger.csv") if row["wallet"] == "MARGIN"]

    assert (ArchiveStatus.COMPLETE, ["transfer", "fee", "pnl", "transfer"]) == (
        made.outcome.status,
        [row["kind"] for row in rows],
    )
    assert any("its changes in files come to nothing" in str(one) for one in made.outcome.wallets)
    assert {"imported"} == {row["proof"] for row in rows}


@pytest.mark.slow("an archive of its own")
@pytest.mark.usefixtures("without_exports")
def test_futures_of_before_the_last_three_months_are_added_up_where_the_statement_has_them(tmp_path: Path) -> None:
    """The API's income begins later: what only the file has, and the API's after it, come to what is shown."""
    made = _old(stated(), tmp_path, 245)
    lines = (replace(one, account=one.account.replace("Cross Margin", "USD-M Futures")) for one in _margin("20", "-20"))
    whole = made.with_lines(tuple(sorted((*made.story.lines, *lines), key=lambda line: line.time)), tmp_path)
    rows = [row for row in rows_of(whole.folder, "ledger.csv") if row["wallet"] == "UMFUTURE"]

    assert (ArchiveStatus.COMPLETE, ["transfer", "fee", "pnl", "transfer"]) == (
        whole.outcome.status,
        [row["kind"] for row in rows],
    )


@pytest.mark.slow("an archive each")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize(
    ("total", "last", "words"),
    [
        ("0", "-19.9", "Cross Margin USDT: its changes in files come to 0.10, and nothing is in it"),
        ("0.001", "-20", "Cross Margin: there is something in it"),
    ],
)
def test_a_wallet_that_only_the_statement_has_is_open_where_something_is_left(
    tmp_path: Path, total: str | None, last: str, words: str
) -> None:
    assert words in gaps_of(with_margin(total, tmp_path, last=last))


def test_the_report_says_in_both_languages_what_the_statement_added(old: Old, whole: Archive, tmp_path: Path) -> None:
    chinese = old.added({"statement.csv": statement(old.story.lines, old.uid)}, tmp_path, language="zh")
    reports = [(one.folder / "data/REPORT.md").read_text() for one in (whole, chinese)]

    assert "Files of the exchange's site: 197 rows" in reports[0]
    assert "交易所网站的文件" in reports[1]


def test_the_report_of_an_old_account_asks_for_the_statement_and_names_no_menu(old: Old) -> None:
    report = (old.folder / "data/REPORT.md").read_text()

    assert "User\\_ID, UTC\\_Time, Account, Operation, Coin, Change, Remark" in report
    assert "Generate all statements" not in report


@pytest.mark.usefixtures("without_exports")
def test_a_file_of_one_account_alone_says_that_it_is(old: Old, tmp_path: Path) -> None:
    lines = tuple(line for line in old.story.lines if line.account == "Spot")
    gaps = gaps_of(old.with_lines(lines, tmp_path))

    assert "Transfers between wallets of which files have one half only" in gaps
    assert "Funding wallet: no file has a row of it" in gaps
    assert "P2P orders: the exchange's list goes back this far" in gaps


def young(folder: Path) -> Old:
    """An account that is younger than every list of the API's, which are therefore complete."""
    story = stated(events=60, days=60, is_generous=False)
    return _old(story, folder, 65)


@pytest.mark.slow("archives of another account")
@pytest.mark.usefixtures("without_exports")
def test_a_young_archive_that_is_complete_stays_so_with_its_statement_and_not_with_a_part(tmp_path: Path) -> None:
    made = young(tmp_path)
    alone = read_document(made.folder)["status"]
    whole, late = (made.with_lines(made.story.lines[begin:], tmp_path) for begin in (0, 30))

    assert ["complete"] * 2 == [alone, whole.outcome.status.value]
    assert {"summed"} == {row["proof"] for row in rows_of(whole.folder, "ledger.csv")}
    assert "and this account has earlier changes" in gaps_of(late)
