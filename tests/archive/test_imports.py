"""Files that the user adds, read one by one: formats as the exchange's site has them, and hostile ones."""

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from auditor.archive.add import add
from auditor.archive.facts import RunFacts
from auditor.archive.imports.coverage import Coverage, quarter_of
from auditor.archive.imports.heading import read_heading
from auditor.archive.imports.imported_file import ImportedFile
from auditor.archive.imports.names import safe_name
from auditor.archive.imports.reading import Imports, read_imports
from auditor.archive.imports.store import StoredEntry
from auditor.archive.times import milliseconds_of
from auditor.demo.okx.downloads import zipped
from auditor.i18n import Translator
from auditor.model.errors import UserError

NOW = datetime(2026, 11, 28, tzinfo=UTC)
FACTS = RunFacts(
    account="main",
    exchange="okx",
    name="OKX",
    host="www.okx.com",
    environment="live",
    uid="1234",
    kind="main",
    rights=("read",),
    started_at=NOW,
    finished_at=NOW,
    rested=True,
    lists=(),
)
HEADING = "UID:1234,Account Type:Main,Time Zone:UTC+8\n"
FUNDING = "id,Time,Type,Amount,Before Balance,After Balance,Symbol\n"
DEPOSIT = "10021312314,2025-10-31 11:54:20,Deposit,0.000100000000000000,0E-18,0.000100000000000000,BTC\n"
TRADING = (
    "id,Order id,Time,Trade Type,Symbol,Action,Amount,Trading Unit,Filled Price,PnL,Fee,Fee Unit,Position Change,"
    "Position Balance,Balance Change,Balance,Balance Unit\n"
)
TRADE = (
    "2968046098898771968,2968046098831663104,2025-10-20 10:44:26,Spot,BTC-EUR,Buy,0.06436375,EUR,95264.80000000,"
    "0.00000000,-0.00016091,BTC,0.00000000,0.00000000,0.06420284,0.12011841,BTC\n"
)
OLD_TRADING = (
    "id,Order id,Time,Trade Type,Instrument,Type,Amount,Unit,PL,Fee,Position Change,Position Balance,Balance Change,"
    "Balance,Unit\n"
)
OLD_TRADE = "5,6,2022-01-02 03:04:05,Spot,BTC-USDT,Sell,1,BTC,0,0,0,0,-30000.00000000,0E-8,USDT\n"
QUARTER = "instType,billId,subType,ts,balChg,posBalChg,bal,posBal,sz,px,ccy,pnl,fee\n"
BILL = "SPOT,77,1,1695033476167,0.0219338232210000,0,8694.2179403378290202,0,1,1,USDT,0,0\n"


def imported(folder: Path, data: bytes, name: str = "file.csv") -> Imports:
    """What an archive with one file comes to."""
    (folder / "data/imported").mkdir(parents=True, exist_ok=True)
    (folder / "data/imported" / name).write_bytes(data)
    return read_imports(folder, FACTS)


def only(imports: Imports) -> tuple[ImportedFile, list[StoredEntry]]:
    (file,) = imports.files
    assert file.format is not None, str(file.unread)
    return file, list(imports.store.entries(file.format.ledger))


FORMATS: Mapping[str, tuple[str, str, tuple[str, str, str, str, int]]] = {
    "funding": (HEADING + FUNDING + DEPOSIT, "okx-funding", ("BTC", "0.000100000000000000", "1", "deposit", 2)),
    "funding with a fee": (
        FUNDING.replace("Symbol", "Fee,Symbol") + "9,2025-10-31 03:54:20,Withdrawal,-1,3,1.9,-0.1,BTC\n",
        "okx-funding",
        ("BTC", "-1.1", "2", "withdrawal", 0),
    ),
    "funding with a value": (
        HEADING + FUNDING.replace("Symbol", "Symbol,Amount-EUR") + DEPOSIT.replace("BTC\n", "BTC,9.5\n"),
        "okx-funding",
        ("BTC", "0.000100000000000000", "1", "deposit", 2),
    ),
    "trading": (TRADING + TRADE, "okx-trading", ("BTC", "0.06420284", "2", "trade", 0)),
    "trading of 2022": (OLD_TRADING + OLD_TRADE, "okx-trading", ("USDT", "-30000.00000000", "2", "trade", 0)),
    "quarter": (QUARTER + BILL, "okx-quarter", ("USDT", "0.0219338232210000", "2", "trade", 0)),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_known_by_its_columns(tmp_path: Path, name: str) -> None:
    text, kind, expected = FORMATS[name]
    file, (stored,) = only(imported(tmp_path, text.encode()))
    entry = stored.entry

    assert (kind, expected[:4]) == (
        file.format and file.format.id,
        (entry.asset, entry.digits[0], entry.type, entry.kind),
    )
    assert f"imported/file.csv:{text.count(chr(10))}" == stored.source


def test_byte_order_marks_and_quotes_in_every_cell_are_no_part_of_it(tmp_path: Path) -> None:
    lines = (HEADING + FUNDING + DEPOSIT).splitlines()
    text = "\r\n".join(
        ",".join(f'\ufeff"{cell}"' if number == 0 else f'"{cell}"' for number, cell in enumerate(line.split(",")))
        for line in lines
    )
    file, (stored,) = only(imported(tmp_path, text.replace('\ufeff"', '"\ufeff').encode()))

    assert ("1234", 10021312314) == (file.heading.uid, stored.entry.number)


def test_times_are_those_of_the_zone_that_the_file_names(tmp_path: Path) -> None:
    _file, (stored,) = only(imported(tmp_path, (HEADING + FUNDING + DEPOSIT).encode()))
    assert milliseconds_of(datetime(2025, 10, 31, 3, 54, 20, tzinfo=UTC)) == stored.entry.time


@pytest.mark.parametrize(
    ("line", "uid", "hours"),
    [
        ("UID:425832338606700738,Name:,Verification:", "425832338606700738", None),
        ("UID,123456,Trading account,,,,", "123456", None),
        ("\ufeffUID:652,\ufeffAccount Type:Main,\ufeffTime Zone:UTC+3", "652", 3),
        ("Time Zone: UTC-3:30", "", -3.5),
        ("Time Zone:UTC", "", 0),
        ("Time Zone:Asia/Shanghai", "", None),
        ("Time Zone:UTC+99", "", None),
    ],
)
def test_a_heading_names_account_and_zone(line: str, uid: str, hours: float | None) -> None:
    heading = read_heading([line.split(",")])
    assert (uid, None if hours is None else timezone(timedelta(hours=hours))) == (heading.uid, heading.zone)


def bomb() -> bytes:
    return zipped("bomb.csv", QUARTER + BILL + "0" * 60_000_000)


def many() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number in range(200):
            archive.writestr(f"{number}.csv", "a,b\n")
    return written.getvalue()


def link() -> bytes:
    written, info = io.BytesIO(), zipfile.ZipInfo("link.csv")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return written.getvalue()


def broken() -> bytes:
    data = bytearray(zipped("a.csv", QUARTER + BILL * 50))
    data[60] ^= 255
    return bytes(data)


HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a zip that unpacks to far more": (bomb, "far more"),
    "a zip of many files": (many, "more than 100 files"),
    "a link in a zip": (link, "no ordinary file"),
    "a damaged zip": (broken, "damaged zip"),
    "a torn zip": (lambda: zipped("a.csv", QUARTER + BILL)[:-30], "damaged zip"),
    "no text": (lambda: b"\x89PNG\r\n\x1a\n\0\0", "no text"),
    "a NUL": (lambda: (FUNDING + DEPOSIT).encode().replace(b"Deposit", b"Dep\0sit"), "no text"),
    "UTF-16": (lambda: (FUNDING + DEPOSIT).encode("utf-16"), "no text"),
    "a line without an end": (lambda: FUNDING.encode() + b"1" * 100_000, "65,536 bytes"),
    "a quote that never ends": (lambda: FUNDING.encode() + b'"' + b"a\n" * 200_000, "no table"),
    "other columns": (lambda: b"a,b,c\n1,2,3\n", "none that this program knows"),
    "nothing": (lambda: b"", "none that this program knows"),
    "a zip in a zip": (lambda: zipped("a.csv", zipped("b.csv", QUARTER).decode("latin-1")), "no text"),
    "another account": ((HEADING.replace("1234", "99") + FUNDING + DEPOSIT).encode, "of account 99"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_kept_unread_and_told(tmp_path: Path, name: str) -> None:
    data, words = HOSTILE[name]
    imports = imported(tmp_path, data())

    assert words in " ".join(str(file.unread) for file in imports.files)
    assert all(file.unread for file in imports.files)


ODD = {
    "an amount with a float's exponent": DEPOSIT.replace("0E-18", "0E-18000"),
    "an amount that is none": DEPOSIT.replace("0E-18", "NaN"),
    "a cell too many": DEPOSIT.replace("\n", ",\n"),
    "a blank coin": DEPOSIT.replace("BTC", ""),
    "a day that is none": DEPOSIT.replace("10-31", "10-32"),
    "an id that is none": DEPOSIT.replace("10021312314", "=1+1"),
    "an id of forty digits": DEPOSIT.replace("10021312314", "1" * 40),
    "an amount that is not the difference": DEPOSIT.replace("Deposit,0.0001", "Deposit,0.0002"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_row_is_told_and_hides_no_other(tmp_path: Path, name: str) -> None:
    good = DEPOSIT.replace("10021312314", "5")
    imports = imported(tmp_path, (HEADING + FUNDING + ODD[name] + good).encode())
    file, (stored,) = only(imports)

    assert (5, 1) == (stored.entry.number, file.odd)
    assert ["imported/file.csv:3"] == [odd.source for odd in imports.odd["funding-ledger"]]


def test_names_lead_nowhere() -> None:
    names = ("../../etc/passwd", "C:\\temp\\a.csv", "-rf.csv", ".hidden", "a\nb\x1b.csv", "", "..", "x" * 300 + ".zip")
    assert ["passwd", "a.csv", "rf.csv", "hidden", "a_b_.csv", "file", "file", "x" * 97 + ".zip"] == [
        *map(safe_name, names)
    ]


def test_names_in_a_zip_lead_nowhere(tmp_path: Path) -> None:
    imports = imported(tmp_path, zipped("../../=cmd|x.csv", QUARTER + BILL), "okx.zip")
    _file, (stored,) = only(imports)
    assert "imported/okx.zip/_cmd_x.csv:2" == stored.source


def test_a_file_that_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match="no folder of an archive"):
        add(tmp_path / "none", [tmp_path / "pipe"], Translator())


def _day(text: str) -> int:
    return milliseconds_of(datetime.fromisoformat(text).replace(tzinfo=UTC))


def test_quarters_that_lie_together_cover_what_is_between() -> None:
    coverage = Coverage.of(
        [quarter_of(_day("2025-05-06")), quarter_of(_day("2025-08-01")), (_day("2026-01-05"), _day("2026-03-01"))]
    )
    ends = (datetime(2025, 4, 2, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))

    assert coverage.covers(_day("2025-04-01"), _day("2025-10-01"))
    assert not coverage.covers(_day("2025-04-01"), _day("2025-10-02"))
    assert ("2025 Q4", "2026 Q1") == coverage.missing_quarters(*ends)
    assert _day("2025-04-01") == coverage.start(_day("2025-09-01"))
