"""What is exported: a fleet's accounts, findings and dust, from the rows of the last checks."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pytest

from auditor.__main__ import main
from auditor.fleet.export import as_csv, as_parquet
from auditor.fleet.export.tables import TABLES, Values
from auditor.formats import as_csv as report_csv
from auditor.formats.dust_csv import dust_csv
from auditor.history.database_url import Location
from auditor.history.models import PassSummary
from auditor.history.store import History
from auditor.i18n import Translator
from auditor.model.report import Report
from tests.fleet.fleets import NOW, coins, look, make_fleet


def exported(history: History, table: str, tag: str | None = None) -> str:
    with history.reading() as connection:
        rows = TABLES[table].rows(connection, tag, Translator())
        return as_csv.render(TABLES[table], rows).decode("utf-8-sig")


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def last_report(history: History, name: str) -> Report:
    def is_of(entry: PassSummary) -> bool:
        return entry.results[0].name == name

    return history.load(next(entry.id for entry in history.entries() if is_of(entry))).report


def test_dust_is_that_of_each_accounts_own_list(history: History) -> None:
    make_fleet(history)
    lists = [dust_csv(last_report(history, name), Translator()) for name in ("back", "stuck")]

    assert lists[0] + lists[1].partition("\n")[2] == exported(history, "dust")


def test_findings_begin_with_the_columns_of_a_report(history: History) -> None:
    make_fleet(history)
    own = cells(report_csv.render(last_report(history, "stuck")))

    rows = [row for row in cells(exported(history, "findings")) if row["account"] == "stuck"]

    assert own == [{name: row[name] for name in report_csv.COLUMNS} for row in rows]
    assert {("binance", "fra-1", "desk")} == {(row["exchange"], row["egress"], row["tags"]) for row in rows}


def test_a_place_that_was_not_read_is_exported_as_such(history: History) -> None:
    make_fleet(history)

    assert ["partial"] == [row["account"] for row in cells(exported(history, "findings")) if row["rule"] == "unread"]


def test_accounts_are_exported_with_where_each_stands(history: History) -> None:
    make_fleet(history)
    rows = {row["account"]: row for row in cells(exported(history, "status"))}

    assert {"back", "new", "over", "partial", "ready", "refused", "stuck", "waits"} == rows.keys()
    assert ("confirmed", "true", "fund-1") == tuple(rows["over"][name] for name in ("state", "confirmed", "tags"))
    assert ("blocked", "2", "true") == tuple(rows["stuck"][name] for name in ("state", "blockers", "stuck"))
    assert ("unchecked", "u-new", "true") == tuple(rows["new"][name] for name in ("state", "uid", "late"))


def test_only_accounts_with_a_tag_are_exported_where_one_is_named(history: History) -> None:
    make_fleet(history)

    assert ["over", "ready"] == [row["account"] for row in cells(exported(history, "status", "fund-1"))]


def test_what_an_exchange_calls_something_cannot_become_a_formula() -> None:
    table, rows = TABLES["dust"], [{"asset": "=HYPERLINK(1)", "amount": None}]

    assert "'=HYPERLINK(1)" in as_csv.render(table, rows).decode()


def test_a_large_table_is_written_in_pieces() -> None:
    rows: Iterable[Values] = ({"asset": str(number)} for number in range(2 * as_csv.LINES + 1))

    assert 4 == len(list(as_csv.pieces(TABLES["dust"], rows)))


def test_parquet_has_types_for_times_and_counts_and_all_digits_of_amounts(history: History) -> None:
    arrow = pytest.importorskip("pyarrow.parquet", reason="no pyarrow: install requirements/dev.txt")
    make_fleet(history)
    look(history, "back", NOW, coins("BTC"))
    with history.reading() as connection:
        dust = as_parquet.render(TABLES["dust"], TABLES["dust"].rows(connection, None, Translator()))
        status = as_parquet.render(TABLES["status"], TABLES["status"].rows(connection, None, Translator()))

    amounts = [row["amount"] for row in cells(exported(history, "dust"))]
    assert amounts == arrow.read_table(io.BytesIO(dust))["amount"].to_pylist()
    accounts = {row["account"]: row for row in arrow.read_table(io.BytesIO(status)).to_pylist()}
    assert (2, True) == (accounts["stuck"]["blockers"], accounts["stuck"]["stuck"])
    assert NOW == accounts["back"]["finished_at"]


def test_the_command_knows_a_table_by_the_name_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = tmp_path / "history.sqlite3"
    with History(Location(file=where)) as history:
        make_fleet(history)

    def run(file: str, *arguments: str) -> int:
        return main(["fleet", "export", str(tmp_path / file), "--history", str(where), *arguments])

    assert 0 == run("dust.csv")
    assert 0 == run("week-31.csv", "--table", "status", "--tag", "desk")
    assert 7 == len((tmp_path / "week-31.csv").read_text(encoding="utf-8-sig").splitlines())
    assert 2 == run("week-31.csv")
    assert "Name the file status, findings, dust, or add --table" in capsys.readouterr().err
    assert 2 == run("dust.xlsx")
    assert "must end in one of .csv, .parquet" in capsys.readouterr().err
