"""The exports that a page carries with it, as long as they are not too long for one."""

from collections.abc import Mapping

from sqlalchemy import Connection

from auditor.fleet.export import as_csv
from auditor.fleet.export.tables import TABLES
from auditor.i18n import Translator


def read_exports(connection: Connection, largest: int, translate: Translator) -> Mapping[str, bytes]:
    """Return every table as CSV, by the name of its file; none if all together are longer than ``largest`` bytes."""
    exports, left = dict[str, bytes](), largest
    for name, table in TABLES.items():
        parts: list[bytes] = []
        for piece in as_csv.pieces(table, table.rows(connection, None, translate.in_utc())):
            parts.append(piece.encode("utf-8", "backslashreplace"))
            left -= len(parts[-1])
            if left < 0:
                return {}
        exports[f"{name}.csv"] = b"".join(parts)
    return exports
