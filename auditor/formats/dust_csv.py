"""Dust CSV: what cannot be sold, with the first exit route that works for each."""

from pathlib import Path

import pandas as pd

from auditor.formats.atomic_write import replace_file
from auditor.formats.escape import amount, cell, iso_time
from auditor.formats.json_writer import DUST_COLUMNS
from auditor.i18n import Translator
from auditor.model.report import DustLine, Report

AMOUNTS = frozenset(
    {"amount", "value_usd", "min_amount", "min_notional", "lot_size", "shortfall", "min_withdrawal", "withdrawal_fee"}
)


def write_dust(report: Report, path: Path, translate: Translator) -> None:
    """Write the dust of all accounts to ``path``, in full or not at all. Raises UserError."""
    replace_file(path, dust_csv(report, translate).encode("utf-8-sig"))


def keep_earlier(path: Path) -> Path | None:
    """Copy the dust file that is about to be replaced; return the path of the copy.

    None if there is no such file, or if it has no line after its header.
    """
    earlier = path.with_name(f"{path.stem}.earlier{path.suffix}")
    if not path.is_file() or len(path.read_bytes().splitlines()) <= 1:
        return None
    replace_file(earlier, path.read_bytes())
    return earlier


def dust_csv(report: Report, translate: Translator) -> str:
    """Return the dust of all accounts as CSV, with the header even if there is none."""
    translate = translate.in_utc()
    rows = [[_cell(line, column, translate) for column in DUST_COLUMNS] for line in report.dust]
    table = pd.DataFrame(rows, columns=list(DUST_COLUMNS), dtype=object)
    text: str = table.to_csv(index=False, lineterminator="\n")
    return text


def _cell(line: DustLine, column: str, translate: Translator) -> str:
    value = getattr(line, column)
    if column in AMOUNTS:
        return amount(value) or ""
    if column == "as_of":
        return iso_time(value) or ""
    if isinstance(value, bool):
        return str(value).lower()
    return cell(None if value is None else translate(value))
