"""The history as the rest of the program sees it: append a pass, ask what is known, render it again, prune."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import NoReturn, Self

from sqlalchemy import Connection, Engine, delete, func, select, update

from auditor.history import database as engine
from auditor.history import queries as rows
from auditor.history import schema as t
from auditor.history import serialization as codec
from auditor.history.database_url import Location
from auditor.history.diff import Transition
from auditor.history.models import Changes, Entry, State, Who
from auditor.history.serialization import Pass
from auditor.history.writer import Written, write
from auditor.i18n import _
from auditor.model.errors import Problem
from auditor.security.redaction import SECRETS


class History:
    """One open history. Every method is one transaction, and raises Problem for what the database cannot do."""

    def __init__(self, location: Location, *, patience: float = engine.PATIENCE) -> None:
        """Open it, making it where it does not exist."""
        self.location = location
        self.engine: Engine = engine.connect(location, patience=patience)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        """Use it in a block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it."""
        self.close()

    def append(self, done: Pass, who: Mapping[str, Who], *, after: int, anew: bool = False) -> Written:
        """Store a pass whole, or not at all; ``after``: the last pass known, so that no two follow the same one.

        ``who``: the accounts as they are configured, by name; ``anew``: another watch begins with this pass.
        """
        cleaned = SECRETS.data(done)
        content = codec.encode(cleaned)
        with self.writing() as connection:
            if last_id(connection) != after:
                raise Problem(_("Another watch stored a pass meanwhile, so this one was left out."))
            return write(connection, cleaned, content, who, anew=anew)

    def last_id(self) -> int:
        """Number of the last pass; 0 before the first."""
        with self._reading() as connection:
            return last_id(connection)

    def state(self, who: Who) -> State | None:
        """Where an account stands; None when no pass read it."""
        with self._reading() as connection:
            return rows.state(connection, who)

    def load(self, number: int) -> Pass:
        """Give a stored pass. Raises Problem when there is none of that number."""
        with self._reading() as connection:
            content = connection.execute(select(t.passes.c.content).where(t.passes.c.id == number)).scalar_one_or_none()
        return _none(number) if content is None else codec.decode(content)

    def entries(self, limit: int | None = None) -> tuple[Entry, ...]:
        """List passes, the newest first."""
        with self._reading() as connection:
            return tuple(rows.entries(connection, limit, None))

    def entry(self, number: int) -> Entry:
        """Give one pass without its content. Raises Problem when there is none of that number."""
        with self._reading() as connection:
            found = tuple(rows.entries(connection, None, number))
        return found[0] if found else _none(number)

    def changes(self, number: int, since: int | None = None) -> Changes:
        """Give what became of holdings in that pass, or in all after ``since``; what was still there is left out."""
        first, c = number if since is None else since + 1, t.transitions.c
        chosen = select(t.transitions).where(c.pass_id.between(first, number)).order_by(c.id)
        found: dict[int, list[Transition]] = {}
        with self._reading() as connection:
            for row in connection.execute(chosen):
                found.setdefault(row.account_id, []).append(rows.transition(row))
        return {account: tuple(each) for account, each in found.items()}

    def told(self, accounts: Collection[int]) -> int:
        """Number of the last pass over these accounts whose news was told; 0 for none."""
        r = t.results.c
        last = select(func.max(r.pass_id)).where(r.told, r.account_id.in_(accounts))
        with self._reading() as connection:
            return int(connection.execute(last).scalar() or 0)

    def mark_told(self, number: int, accounts: Collection[int]) -> None:
        """Note that the news of these accounts was told up to this pass."""
        r = t.results.c
        with self.writing() as connection:
            old = update(t.results).where(r.pass_id <= number, r.account_id.in_(accounts))
            connection.execute(old.values(told=True))

    def prune(self, before: datetime) -> int:
        """Drop passes older than that, but for each account's last; say how many. What is known of holdings stays."""
        with self.writing() as connection:
            kept = select(func.max(t.results.c.pass_id)).group_by(t.results.c.account_id)
            old = delete(t.passes).where(t.passes.c.finished_at < before, t.passes.c.id.not_in(kept))
            dropped = connection.execute(old).rowcount
        engine.shrink(self.engine)
        return dropped

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with engine.convert_errors(self.location), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a transaction that writes."""
        with engine.convert_errors(self.location), self.engine.execution_options(**engine.WRITES).begin() as connection:
            yield connection


def _none(number: int) -> NoReturn:
    raise Problem(_("The history has no pass {number}; `audit history` lists them.").format(number=number))


def last_id(connection: Connection) -> int:
    """Number of the last pass; 0 before the first."""
    return int(connection.execute(select(func.max(t.passes.c.id))).scalar() or 0)
