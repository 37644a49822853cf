"""The exports that lie in every archive: written before it is sealed, and made anew by whoever verifies it."""

import filecmp
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auditor.archive.exports.export import SEALED, write_exports
from auditor.archive.exports.heading import Span, heading_of
from auditor.archive.exports.notes import Notes
from auditor.archive.folder import DATA, TABLES
from auditor.archive.raw import DamagedError
from auditor.archive.session import history_of
from auditor.i18n import _
from auditor.spec.exchange import Exchange

EXPORTS = DATA / "exports"


def write_sealed(folder: Path, document: Mapping[str, Any], exchange: Exchange) -> Notes:
    """Write the exports of an archive into its folder, and return what a person must know of them."""
    heading = heading_of(folder / TABLES, document, Span())
    return write_exports(folder / TABLES, heading, history_of(exchange).contracts, folder / EXPORTS)


def check_sealed(folder: Path, document: Mapping[str, Any], exchange: Exchange, again: Path) -> None:
    """Raise DamagedError unless the exports in an archive follow from its tables.

    ``again``: a folder into which the exports are written anew.
    """
    tables = folder / TABLES
    write_exports(tables, heading_of(tables, document, Span()), history_of(exchange).contracts, again)
    for name in (name for one in SEALED for name in one.names(exchange.id)):
        path = folder / EXPORTS / name
        if not path.is_file() or not filecmp.cmp(path, again / name, shallow=False):
            raise DamagedError(_("{path} does not follow from the raw answers.").format(path=path))
