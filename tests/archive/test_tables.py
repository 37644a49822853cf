"""The tables of an archive are written as the library's writer writes them, sign for sign."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from auditor.archive.rows import SourcedEntry
from auditor.archive.tables import LineWriter, ledger_cells, write_ledger
from auditor.archive.times import iso
from auditor.spec.ledger import LedgerEntry

ROWS = {
    "plain": ["1", "BTC-USDT", "0.5", ""],
    "blank": ["", "", "", ""],
    "a comma": ["1", "a,b", "", ""],
    "a quotation mark": ["1", 'a "b"', "", ""],
    "a new line": ["1", "a\nb", "", ""],
    "a carriage return": ["1", "a\rb", "", ""],
    "another script": ["1", "币安人生", "", "\N{PARAGRAPH SEPARATOR}"],
    "blanks and an apostrophe": ["1", " '=1+1 ", "\t", ""],
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_row_is_written_as_the_library_writes_it(row: list[str]) -> None:
    expected, written = io.StringIO(), io.StringIO()
    csv.writer(expected, lineterminator="\n").writerows([row, row])
    writer = LineWriter(written)
    for _time in range(2):
        writer.writerow(row)

    assert expected.getvalue() == written.getvalue()


def entry(**more: object) -> LedgerEntry:
    usual = {"number": 7, "time": 1_780_000_000_123, "asset": "BTC", "kind": "trade", "type": "2", "order_id": "9"}
    amounts = {"change": Decimal("-0.50"), "balance": Decimal(1), "digits": ("-0.50", "1")}
    return LedgerEntry(**{**usual, **amounts, **more})  # type: ignore[arg-type]


ENTRIES = {
    "usual": entry(instrument="BTC-USDT", subtype="1", fee="-0.1", trade_id="12", ref="a1"),
    "an id of its own": entry(id="x:1,2"),
    "a description": entry(description="=1+1"),
    "an odd coin": entry(asset="=BTC"),
    "a coin with a comma": entry(asset="B,C"),
    "another script": entry(ref="币"),
    "a reference with a hyphen": entry(ref="-1"),
    "a fee that is none": entry(fee="-x"),
    "a long fee": entry(fee="-" + "1" * 70),
    "no fee": entry(fee="0"),
    "no balance": entry(digits=("1", "")),
}


@pytest.mark.parametrize("account", ["main", "'=main", "a,b", 'a "b"'])
@pytest.mark.parametrize("source", ["raw/trading-ledger/000.jsonl.gz:1", "imported/my, own.csv:1"])
def test_lines_of_the_ledger_are_those_of_its_cells(account: str, source: str) -> None:
    rows = [SourcedEntry(one, source) for one in ENTRIES.values()]
    expected, written, by_one = io.StringIO(), io.StringIO(), io.StringIO()
    csv.writer(expected, lineterminator="\n").writerows(ledger_cells(account, "trading", row) for row in rows)
    write_ledger(LineWriter(written), account, "trading", rows)
    for row in rows:
        write_ledger(LineWriter(by_one), account, "trading", [row])

    assert expected.getvalue() == written.getvalue() == by_one.getvalue()


@pytest.mark.parametrize("time", [0, 999, 59_999, 1_709_164_799_999, 1_709_164_800_000, 4_102_444_799_001])
def test_times_are_written_in_utc_with_milliseconds(time: int) -> None:
    moment = datetime.fromtimestamp(time // 1000, UTC).replace(microsecond=time % 1000 * 1000)

    assert moment.isoformat(timespec="milliseconds").replace("+00:00", "Z") == iso(time)
