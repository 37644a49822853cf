"""The list of accounts that an operator hands in: a CSV file without secrets."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.fleet.words import LONGEST, is_word
from auditor.i18n import Message, _, joined
from auditor.i18n.suggest import unknown
from auditor.model.errors import UserError
from auditor.security.urls import base_url, url_host
from auditor.settings import exchange_checks as needs
from auditor.settings.exchange_facts import exchange_config

LARGEST = 64 * 1024 * 1024
"""Bytes of a list: about a million accounts."""
NEEDED = ("name", "exchange", "egress")
COLUMNS = (*NEEDED, "uid", "base_url", "tags")
_SEPARATORS = re.compile(r"[;,\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAccount:
    """One line of the list. ``egress``: the address from which it is read."""

    name: str
    exchange: str
    egress: str
    uid: str | None = None
    base_url: str | None = None
    tags: tuple[str, ...] = ()


def read_accounts(path: Path) -> tuple[ListedAccount, ...]:
    """Return the accounts of a CSV file. Raises UserError, which names the line."""
    accounts: dict[str, ListedAccount] = {}
    for number, row in _rows(path):
        try:
            account = _account(row)
        except UserError as problem:
            raise _error(path, number, problem.message) from None
        if account.name in accounts:
            message = _("Two accounts have the name {name!r}.").format(name=account.name)
            raise _error(path, number, message)
        accounts[account.name] = account
    if not accounts:
        raise UserError(_("{path} has no account.").format(path=path))
    return tuple(accounts.values())


def check_word(text: str, column: str) -> str:
    """Return a name that templates, files and labels can hold. Raises UserError.

    ``column``: its column or option.
    """
    if not is_word(text):
        message = _("{what} {word!r} must be made of letters, digits, . _ and -, and no longer than {count}.")
        raise UserError(message.format(what=column, word=text[:LONGEST], count=LONGEST))
    return text


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield each line that is not blank, with its number; the first one names the columns."""
    lines = csv.reader(_read(path).splitlines(), strict=True)
    try:
        columns = [name.strip().lower() for name in next(lines, [])]
        _check_columns(columns, path)
        for line in lines:
            if any(cell.strip() for cell in line):
                yield lines.line_num, _row(columns, line, path, lines.line_num)
    except csv.Error:
        raise _error(path, lines.line_num, _("it is not CSV.")) from None


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise UserError(_("{path} is too large for a list of accounts.").format(path=path))
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UserError(_("Cannot read {path}: {why}.").format(path=path, why=error.strerror)) from None
    except ValueError:
        raise UserError(_("{path} is not UTF-8 text.").format(path=path)) from None


def _check_columns(columns: Sequence[str], path: Path) -> None:
    for name in columns:
        if name not in COLUMNS or columns.count(name) > 1:
            raise _error(path, 1, unknown(_("column"), name, COLUMNS))
    for name in NEEDED:
        if name not in columns:
            message = _("The first line must name the columns {names}; {name} is missing.")
            raise UserError(message.format(names=", ".join(COLUMNS), name=name))


def _row(columns: Sequence[str], line: Sequence[str], path: Path, number: int) -> Mapping[str, str]:
    if len(line) != len(columns):
        message = _("it has {count} cells, and the first line {due}.")
        raise _error(path, number, message.format(count=len(line), due=len(columns)))
    return dict(zip(columns, (cell.strip() for cell in line), strict=True))


def _account(row: Mapping[str, str]) -> ListedAccount:
    needs.check_exchange(row["exchange"])
    uid, url = row.get("uid", ""), row.get("base_url", "")
    return ListedAccount(
        name=check_word(row["name"], "name"),
        exchange=row["exchange"],
        egress=check_word(row["egress"], "egress"),
        uid=check_word(uid, "uid") if uid else None,
        base_url=_checked_url(row["exchange"], url) if url else None,
        tags=tuple(check_word(tag, "tag") for tag in dict.fromkeys(_SEPARATORS.split(row.get("tags", ""))) if tag),
    )


def _checked_url(exchange: str, url: str) -> str:
    """Return an address that may be used, if the worker trusts its host. Raises UserError."""
    return base_url(url, official=exchange_config(exchange).api_hosts, trusted={url_host(url)})


def _error(path: Path, number: int, why: Message) -> UserError:
    return UserError(joined(": ", (path, _("line {number}").format(number=number), why)))
