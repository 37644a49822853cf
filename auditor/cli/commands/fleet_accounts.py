"""The runs of `audit fleet add`, `remove` and `now`: changes to the list of accounts in the history's database."""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from auditor.cli.runtime.reader import Runtime
from auditor.fleet.accounts_csv import read_accounts
from auditor.fleet.choice import Choice
from auditor.fleet.membership import Added, add, ask, remove
from auditor.formats.escape import escape_invisible
from auditor.history.database_url import parse_location
from auditor.history.dialect import read_clock
from auditor.history.store import History
from auditor.i18n import Message, _, counted, sentences
from auditor.model.errors import UserError


def add_listed(accounts: Path, spread: timedelta, history: str | None, runtime: Runtime) -> int:
    """Add the accounts of a CSV file, and return the exit code. Raises UserError."""
    listed = read_accounts(accounts)
    added = Added(0, 0)

    def change(connection: Connection, now: datetime) -> int:
        nonlocal added
        added = add(connection, listed, now, spread)
        return added.new

    _change(history, change)
    new = counted(added.new, _("{count} account added."), _("{count} accounts added."))
    known = counted(added.known, _("{count} was known and is up to date."), _("{count} were known and are up to date."))
    return _say(sentences(new, known if added.known else ""), runtime)


def remove_chosen(choice: Choice, history: str | None, runtime: Runtime) -> int:
    """Remove the chosen accounts, and return the exit code. Raises UserError."""
    number = _change(history, lambda connection, now: remove(connection, choice, now))
    one, many = (
        _("{count} account will be checked no more. What was seen of it stays."),
        _("{count} accounts will be checked no more. What was seen of them stays."),
    )
    return _say(counted(number, one, many), runtime)


def ask_chosen(choice: Choice, history: str | None, runtime: Runtime) -> int:
    """Ask for a look at the chosen accounts, and return the exit code. Raises UserError."""
    number = _change(history, lambda connection, now: ask(connection, choice, now))
    if not number:
        raise UserError(_("No account of the fleet is of this kind."))
    one = _("{count} account will be checked now, or five minutes after its last check.")
    many = _("{count} accounts will be checked now, or five minutes after their last check.")
    return _say(counted(number, one, many), runtime)


def _change(history: str | None, change: Callable[[Connection, datetime], int]) -> int:
    """Change the list in one transaction, on the database's clock."""
    with History(parse_location(history)) as stored, stored.writing() as connection:
        return change(connection, read_clock(connection))


def _say(text: Message, runtime: Runtime) -> int:
    sys.stdout.write(f"{escape_invisible(runtime.console(text))}\n")
    return 0
