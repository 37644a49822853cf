"""The exports that lie in every archive: written before it is sealed, and made anew by whoever verifies it."""

import filecmp
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auditor.archive.exports import beancount
from auditor.archive.exports.export import SEALED, write_exports
from auditor.archive.exports.heading import Heading, TimeSpan, heading_of
from auditor.archive.exports.notes import Notes
from auditor.archive.folder import DATA, TABLES
from auditor.archive.raw import DamagedError
from auditor.archive.second_process import is_large, running
from auditor.archive.session import history_of
from auditor.i18n import _
from auditor.spec.exchange import Exchange

EXPORTS = DATA / "exports"
LONG = beancount.FORMAT
"""The format that takes as long as all others: that of a large archive is written in a process of its own."""


def write_sealed(folder: Path, document: Mapping[str, Any], exchange: Exchange) -> Notes:
    """Write the exports of an archive into its folder, and return what a person must know of them."""
    tables = folder / TABLES
    arguments = (tables, heading_of(tables, document, TimeSpan()), history_of(exchange).contracts, folder / EXPORTS)
    if not is_large(tables / "ledger.csv"):
        return write_exports(*arguments)
    with running(_write_long, *arguments) as is_done:
        notes = write_exports(*arguments, [one for one in SEALED if one is not LONG])
        if not is_done():
            _write_long(*arguments)
    return notes


def _write_long(tables: Path, heading: Heading, contracts: str, folder: Path) -> None:
    write_exports(tables, heading, contracts, folder, [LONG])


def check_sealed(folder: Path, document: Mapping[str, Any], exchange: Exchange, again: Path) -> None:
    """Raise DamagedError unless the exports in an archive follow from its tables.

    ``again``: a folder into which the exports are written anew.
    """
    tables = folder / TABLES
    write_exports(tables, heading_of(tables, document, TimeSpan()), history_of(exchange).contracts, again)
    for name in (name for one in SEALED for name in one.names(exchange.id)):
        path = folder / EXPORTS / name
        if not path.is_file() or not filecmp.cmp(path, again / name, shallow=False):
            raise DamagedError(_("{path} does not follow from the raw answers.").format(path=path))
