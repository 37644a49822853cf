import csv
import io
import os
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from auditor.formats import get_format
from auditor.formats.as_csv import render
from auditor.formats.dust_csv import AMOUNTS, dust_csv, write_dust
from auditor.i18n import Translator
from auditor.model.errors import UserError
from auditor.model.report import Report

CONTRACT = (
    "exchange,account,wallet,asset,amount,value_usd,kind,best_market,min_amount,min_notional,lot_size,shortfall,"
    "convertible,min_withdrawal,withdrawal_fee,network,route,reason,as_of"
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
DIGITS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?\Z")
Write = Callable[[Report], str]
both = pytest.mark.parametrize("write", [render, partial(dust_csv, translate=Translator())], ids=["findings", "dust"])


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_findings_of_a_messy_account(messy_report: Report, snapshot: SnapshotAssertion) -> None:
    assert render(messy_report) == snapshot


def test_dust_of_a_messy_account(messy_report: Report, snapshot: SnapshotAssertion) -> None:
    assert dust_csv(messy_report, Translator()) == snapshot


def test_dust_has_the_contracts_columns_even_when_there_is_none(clean_report: Report) -> None:
    assert dust_csv(clean_report, Translator()) == CONTRACT + "\n"


def test_findings_have_a_header_even_when_there_are_none(clean_report: Report) -> None:
    assert render(clean_report).startswith("rule,severity,account,")
    assert len(render(clean_report).splitlines()) == 1


@both
def test_no_text_cell_is_a_formula(hostile_report: Report, write: Write) -> None:
    (row,) = rows(write(hostile_report))

    risky = {column: cell for column, cell in row.items() if cell.startswith(FORMULA) and column not in AMOUNTS}

    assert risky == {}


@both
def test_hostile_text_makes_neither_lines_nor_controls(hostile_report: Report, write: Write) -> None:
    text = write(hostile_report)

    assert len(text.splitlines()) == 2
    assert all(character == "\n" or character.isprintable() for character in text)
    assert text.encode("utf-8").decode("utf-8") == text


@both
def test_formula_gets_an_apostrophe(make: Any, write: Write) -> None:
    report = make.report(findings=[make.finding(asset="=1+1")], dust=[make.dust(asset="=1+1")])

    assert rows(write(report))[0]["asset"] == "'=1+1"


@both
def test_formula_behind_blanks_gets_an_apostrophe(make: Any, write: Write) -> None:
    report = make.report(findings=[make.finding(asset=" \t@X")], dust=[make.dust(asset=" \t@X")])

    assert rows(write(report))[0]["asset"] == "' \\t@X"


@both
def test_negative_amounts_stay_numbers(make: Any, write: Write) -> None:
    half = Decimal("-0.5")

    report = make.report(findings=[make.finding(amount=half)], dust=[make.dust(amount=half)])

    assert rows(write(report))[0]["amount"] == "-0.5"


@both
def test_coin_called_na_stays_one(make: Any, write: Write) -> None:
    report = make.report(findings=[make.finding(asset="NA")], dust=[make.dust(asset="NA")])

    assert rows(write(report))[0]["asset"] == "NA"


@both
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(digits=DIGITS)
def test_amounts_come_out_digit_for_digit(make: Any, write: Write, digits: str) -> None:
    amount = Decimal(digits)
    report = make.report(findings=[make.finding(amount=amount)], dust=[make.dust(amount=amount)])

    assert rows(write(report))[0]["amount"] == digits


def test_every_amount_of_dust_is_written_plainly(make: Any) -> None:
    tiny = dict.fromkeys(AMOUNTS, Decimal("1E-8"))

    (row,) = rows(dust_csv(make.report(dust=[make.dust(**tiny)]), Translator()))

    assert {row[column] for column in AMOUNTS} == {"0.00000001"}


def test_unknown_values_are_empty_cells(make: Any) -> None:
    report = make.report(dust=[make.dust(value_usd=None, best_market=None, convertible=None, network=None)])

    (row,) = rows(dust_csv(report, Translator()))

    assert [row[column] for column in ("value_usd", "best_market", "convertible", "network")] == [""] * 4


def test_pandas_reads_back_what_was_written(make: Any, tmp_path: Path) -> None:
    path = tmp_path / "dust.csv"
    write_dust(make.report(dust=[make.dust(asset="NA")]), path, Translator())

    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")

    assert (list(table.columns), table["asset"][0], table["amount"][0]) == (CONTRACT.split(","), "NA", "0.00000001")


def test_file_begins_with_the_mark_of_utf_8(clean_report: Report, tmp_path: Path) -> None:
    path = tmp_path / "dust.csv"

    write_dust(clean_report, path, Translator())

    assert path.read_bytes() == b"\xef\xbb\xbf" + CONTRACT.encode() + b"\n"
    assert get_format("csv").file_encoding == "utf-8-sig"


def test_file_is_replaced_and_nothing_else_is_left(clean_report: Report, tmp_path: Path) -> None:
    path = tmp_path / "dust.csv"
    path.write_text("old", encoding="utf-8")

    write_dust(clean_report, path, Translator())

    assert [entry.name for entry in tmp_path.iterdir()] == ["dust.csv"]
    assert CONTRACT in path.read_text(encoding="utf-8-sig")


def test_old_file_stays_whole_when_writing_fails(
    clean_report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dust.csv"
    path.write_text("old", encoding="utf-8")

    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)

    with pytest.raises(UserError, match=r"dust\.csv cannot be written: No space left on device"):
        write_dust(clean_report, path, Translator())
    assert {entry.name: entry.read_text(encoding="utf-8") for entry in tmp_path.iterdir()} == {"dust.csv": "old"}


def test_interrupted_writing_leaves_nothing_behind(
    clean_report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)

    with pytest.raises(KeyboardInterrupt):
        write_dust(clean_report, tmp_path / "dust.csv", Translator())
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_not_there_is_told(clean_report: Report, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written: No such file"):
        write_dust(clean_report, tmp_path / "missing" / "dust.csv", Translator())


@pytest.mark.skipif(os.name == "nt", reason="modes and /dev/null are Unix's")
def test_file_is_its_owners_only(clean_report: Report, tmp_path: Path) -> None:
    write_dust(clean_report, tmp_path / "dust.csv", Translator())

    assert (tmp_path / "dust.csv").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="modes and /dev/null are Unix's")
def test_pipe_is_written_to_and_not_replaced(clean_report: Report, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    write_dust(clean_report, pipe, Translator())

    assert os.read(reader, 10_000).startswith(b"\xef\xbb\xbfexchange,")
    assert pipe.is_fifo()
