"""The tables of an archive are written as the library's writer writes them, sign for sign."""

import csv
import io

import pytest

from auditor.archive.tables import LineWriter

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
