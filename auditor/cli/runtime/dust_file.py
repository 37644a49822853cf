"""Saving of the dust list, without replacing a list of another account."""

import csv
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

from auditor.cli.runtime.reader import Runtime
from auditor.formats.atomic_write import check_replaceable
from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.model.records import Area
from auditor.model.report import Report
from auditor.model.snapshot import time_read

LARGEST = 16 * 1024 * 1024
"""Bytes of a dust list that is read again; one account has some hundred lines."""
OWNER = ("exchange", "account")
"""The first columns of a dust list."""
LONGEST_NAME = 60
_UNFIT = re.compile(r"[^\w.-]+")
MOST_FILES = 99


def save(report: Report, path: Path, runtime: Runtime, *, quiet: bool = False) -> None:
    """Write the dust list to ``path`` and say so, unless ``quiet``. Raises UserError."""
    from auditor.cli.runtime import dust_owners  # noqa: PLC0415 - it loads pydantic, late on purpose
    from auditor.formats.dust_csv import keep_earlier, write_dust  # noqa: PLC0415 - it loads pandas, late on purpose

    kept = None if _has_read_wallets(report) else keep_earlier(path)
    write_dust(report, path, runtime.files)
    dust_owners.remember(path, report)
    if not quiet:
        runtime.note(_("Dust list saved to {path}").format(path=path))
    if kept is not None:
        text = _("No wallet could be read, so that list is empty. Your earlier list was kept as {path}")
        runtime.note(text.format(path=kept))


def save_default(report: Report, path: Path, runtime: Runtime, *, quiet: bool = False) -> None:
    """Write the dust list to ``path``, or beside it if that file is not these accounts'; never raises UserError.

    Nobody named the file, so that one which cannot be written keeps no report from its reader.
    """
    try:
        chosen = _own_file(report, path)
        check_replaceable(chosen)
        save(report, chosen, runtime, quiet=quiet and chosen == path)
    except UserError as problem:
        runtime.say(_("The dust list was not saved. {why}").format(why=problem.message))
    except OSError as error:
        text = _("The dust list was not saved: {path} cannot be written ({why}). Name another file with --dust-csv.")
        runtime.say(text.format(path=path, why=error.strerror or type(error).__name__))
    else:
        if chosen != path:
            text = _("{path} is not a list of this account, so it was left as it is.")
            runtime.note(text.format(path=path))


def print_dust(report: Report, runtime: Runtime) -> None:
    """Write the dust list to stdout."""
    from auditor.formats.dust_csv import dust_csv  # noqa: PLC0415 - it loads pandas, late on purpose

    sys.stdout.write(dust_csv(report, runtime.files))


def _has_read_wallets(report: Report) -> bool:
    readings = (reading for account in report.accounts for reading in account.snapshot.readings)
    return any(time_read(reading.result) is not None and reading.area is Area.BALANCES for reading in readings)


def _own_file(report: Report, path: Path) -> Path:
    """Return the first file that may be replaced by this list: a new one, or one of these accounts alone.

    Raises OSError for one that cannot be read, and UserError if there is none.
    """
    for candidate in _candidates(report, path):
        if _may_replace(candidate, report):
            return candidate
    raise UserError(_("Too many dust lists are here: name a file with --dust-csv FILE."))


def _candidates(report: Report, path: Path) -> Iterator[Path]:
    yield path
    names = "-".join(account.snapshot.name for account in report.accounts)
    stem = f"{path.stem}-{_UNFIT.sub('_', names)[:LONGEST_NAME]}"
    yield path.with_name(f"{stem}{path.suffix}")
    for number in count(2):
        if number > MOST_FILES:
            return
        yield path.with_name(f"{stem}-{number}{path.suffix}")


def _may_replace(path: Path, report: Report) -> bool:
    """Return whether nothing of anybody else's is lost when the file is replaced."""
    from auditor.cli.runtime import dust_owners  # noqa: PLC0415 - it loads pydantic, late on purpose

    if not path.is_file():
        return True
    accounts = {(account.snapshot.exchange, account.snapshot.name) for account in report.accounts}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            text = file.read(LARGEST + 1)
        lines = csv.DictReader(text.splitlines())
        is_list = not text or tuple(lines.fieldnames or ())[: len(OWNER)] == OWNER
        owners = set(map(_owner, lines))
        is_own = owners <= accounts and not (owners and dust_owners.is_of_namesake(path, report))
        return is_list and len(text) <= LARGEST and is_own
    except (ValueError, csv.Error):
        return False


def _owner(row: Mapping[str, str | None]) -> tuple[str, str]:
    """Return exchange and account of a line; a sub-account's line is its main account's."""
    return row["exchange"] or "", (row["account"] or "").partition("/")[0]
