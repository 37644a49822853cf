"""Changes to the configuration file: an account is added, changed or taken out; all else stays as it was written."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.settings.accounts_file import AccountEntry, accounts_in, read_text

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

ACCOUNTS, NAME = "accounts", "name"
Values = Mapping[str, str | bool | dict[str, str]]


def entries(path: Path) -> tuple[AccountEntry, ...]:
    """Return the accounts in the file; none where there is no file, or no account in it. Raises UserError."""
    return accounts_in(path) if os.path.exists(path) else ()  # noqa: PTH110 - pathlib raises where it may not look


def with_account(path: Path, values: Values, *, is_new: bool) -> bytes:
    """Return the file's content with one account added, or changed where it is not new. Raises UserError.

    ``values``: by key, ``name`` among them; what else a changed account has stays.
    """

    def change(document: "TOMLDocument") -> None:
        table = next((one for one in _tables(document) if one[NAME] == values[NAME]), None)
        if (table is None) is not is_new:
            raise UserError(_("{path} was changed meanwhile. Nothing was stored: try again.").format(path=path))
        if table is None:
            _append(document, values)
        else:
            table.update(values)

    return _changed(path, change)


def without_account(path: Path, name: str) -> bytes:
    """Return the file's content without one account. Raises UserError."""

    def change(document: "TOMLDocument") -> None:
        tables = _tables(document)
        del tables[next(number for number, one in enumerate(tables) if one[NAME] == name)]
        if not tables:
            del document[ACCOUNTS]

    return _changed(path, change)


def _changed(path: Path, change: Callable[["TOMLDocument"], None]) -> bytes:
    """Return the content after a change. The file is read anew: it may have changed while a person was asked."""
    import tomlkit  # noqa: PLC0415 - only a change needs it
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    text = read_text(path) if path.exists() else ""
    ending = "\r\n" if "\r\n" in text or (not text and os.linesep == "\r\n") else "\n"
    try:
        document = tomlkit.parse(text.replace("\r\n", "\n"))
        change(document)
        return tomlkit.dumps(document).replace("\n", ending).encode()
    except TOMLKitError:
        raise UserError(_("{path} could not be changed. Nothing was changed in it.").format(path=path)) from None


def _tables(document: "TOMLDocument") -> Any:
    return document.get(ACCOUNTS, [])


def _append(document: "TOMLDocument", values: Values) -> None:
    import tomlkit  # noqa: PLC0415 - only a change needs it

    if document.get(ACCOUNTS) is None:
        document[ACCOUNTS] = tomlkit.aot()
    tables = document[ACCOUNTS]
    table: Any = tomlkit.inline_table() if isinstance(tables, tomlkit.items.Array) else tomlkit.table()
    table.update(values)
    cast(Any, tables).append(table)


def same_account(known: Sequence[AccountEntry], exchange: str, uid: str | None, name: str) -> str | None:
    """Return the name of another entry for the same account of an exchange, None if there is none."""
    same = (entry for entry in known if entry.exchange == exchange and entry.name != name)
    return next((entry.name for entry in same if uid and entry.uid == uid), None)
