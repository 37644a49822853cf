"""Store of past passes: append, query, load and prune."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import NoReturn, Self

from sqlalchemy import Connection, Engine, delete, func, select, update

from auditor.history import claims, repeats
from auditor.history import database as engine
from auditor.history import queries as rows
from auditor.history import schema as t
from auditor.history import serialization as codec
from auditor.history.database_url import Location
from auditor.history.models import AccountState, Changes, ConfiguredAccount, PassSummary
from auditor.history.serialization import Pass
from auditor.history.stored_text import storable
from auditor.history.writer import StoredPass, keep, write
from auditor.i18n import _, sentences
from auditor.model.errors import UserError
from auditor.security.redaction import SECRETS, map_texts


class History:
    """An open history. Every method is one transaction and raises UserError if it fails."""

    def __init__(self, location: Location, *, patience: float = engine.PATIENCE) -> None:
        """Open the history, creating it if needed."""
        self.location = location
        self.engine: Engine = engine.connect(location, patience=patience)

    def close(self) -> None:
        """Close the connections to the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        """Return the history for use in a block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the history."""
        self.close()

    def check(self) -> None:
        """Read everything but the contents of passes. Raises DamagedHistoryError."""
        with self.reading() as connection:
            engine.check_file(connection)
            rows.check(connection)

    def append(
        self,
        done: Pass,
        configured: Mapping[str, ConfiguredAccount],
        *,
        after: int,
        anew: bool = False,
        holder: str | None = None,
        also: Callable[[Connection, StoredPass], None] = lambda _connection, _stored: None,
        is_cleaned: bool = False,
    ) -> StoredPass:
        """Store a pass in full, or not at all. Raises UserError if another pass came meanwhile.

        ``after``: number of the last pass over these accounts that the caller knows, so that no two passes follow the
        same one; ``configured``: the accounts by name; ``anew``: a new watch begins with this pass; ``holder``: who
        has the claim on their families, by default whoever may take it now; ``also``: what else the transaction writes
        once the pass is in; ``is_cleaned``: the pass comes from `cleaned_pass`. To store the same pass again changes
        nothing, so that a caller may try again who does not know whether it was stored.
        """
        cleaned = done if is_cleaned else cleaned_pass(done)
        content = codec.encode(cleaned)
        with self.writing() as connection:
            families = claims.find_families(connection, configured.values())
            with claims.held(connection, families, holder):
                last = claims.last_pass(connection, families)
                if last != after and not _is_stored(connection, last, cleaned, content):
                    raise UserError(_("Another watch stored a check in the meantime, so this one was not stored."))
                if last != after:
                    stored = StoredPass(last, rows.read_changes(connection, last, last))
                else:
                    stored = write(connection, cleaned, content, _by_stored_name(configured), anew=anew)
                also(connection, stored)
                return stored

    def keep(self, done: Pass, configured: Mapping[str, ConfiguredAccount]) -> int:
        """Store the pass of a single audit, in full or not at all, and return its number.

        No watch goes by it: neither its streaks nor its known holdings nor its news change.
        """
        cleaned = cleaned_pass(done)
        content = codec.encode(cleaned)
        with self.writing() as connection:
            return keep(connection, cleaned, content, _by_stored_name(configured))

    def last_id(self, accounts: Iterable[ConfiguredAccount] | None = None) -> int:
        """Return the number of the last pass of a watch, over these accounts and their families; 0 if there is none."""
        with self.reading() as connection:
            if accounts is None:
                return last_id(connection)
            return claims.last_pass(connection, claims.find_families(connection, accounts))

    def newest_id(self) -> int:
        """Return the number of the last pass of any command; 0 if there is none."""
        with self.reading() as connection:
            return int(connection.execute(select(func.max(t.passes.c.id))).scalar() or 0)

    def state(self, account: ConfiguredAccount) -> AccountState | None:
        """Return the state of an account after the last pass of a watch; None if none has read it."""
        with self.reading() as connection:
            return rows.read_account_state(connection, account)

    def newest_state(self, account: ConfiguredAccount) -> AccountState | None:
        """Return the state of an account after the last pass of any command; None if none has read it."""
        with self.reading() as connection:
            return rows.read_account_state(connection, account, watched=False)

    def load(self, number: int) -> Pass:
        """Return a stored pass. Raises UserError if there is none with that number, or only its counts are kept."""
        with self.reading() as connection:
            content = connection.execute(select(t.passes.c.content).where(t.passes.c.id == number)).scalar_one_or_none()
            repeated = repeats.repeated_pass(connection, number) if content == repeats.REPEATED else None
        if content is None:
            _raise_unknown_pass(number)
        return _raise_repeating_pass(number, repeated) if content == repeats.REPEATED else codec.decode(content)

    def entries(self, limit: int | None = None) -> tuple[PassSummary, ...]:
        """Return the passes without their content, the newest first."""
        with self.reading() as connection:
            return tuple(rows.read_passes(connection, limit, None))

    def entry(self, number: int) -> PassSummary:
        """Return one pass without its content. Raises UserError for an unknown number."""
        with self.reading() as connection:
            entries = tuple(rows.read_passes(connection, None, number))
        return entries[0] if entries else _raise_unknown_pass(number)

    def changes(self, number: int, since: int | None = None) -> Changes:
        """Return the changes of holdings in that pass, or in all passes after ``since``.

        Holdings without a change are left out.
        """
        with self.reading() as connection:
            return rows.read_changes(connection, number if since is None else since + 1, number)

    def last_notified(self, accounts: Collection[int]) -> int:
        """Return the number of the last pass over these accounts whose news was sent; 0 for none."""
        r = t.results.c
        last = select(func.max(r.pass_id)).where(r.told, r.account_id.in_(accounts))
        with self.reading() as connection:
            return int(connection.execute(last).scalar() or 0)

    def mark_notified(self, number: int, accounts: Collection[int]) -> None:
        """Record that the news of these accounts was sent up to this pass."""
        r = t.results.c
        with self.writing() as connection:
            old = update(t.results).where(r.pass_id <= number, r.account_id.in_(accounts))
            connection.execute(old.values(told=True))

    def prune(self, before: datetime) -> int:
        """Delete passes before that time, except each account's last of a watch and of an audit; return how many.

        The known holdings are kept.
        """
        with self.writing() as connection:
            newest = select(func.max(t.results.c.pass_id)).join_from(t.results, t.passes)
            kept = newest.group_by(t.results.c.account_id, t.passes.c.command)
            old = delete(t.passes).where(t.passes.c.finished_at < before, t.passes.c.id.not_in(kept))
            dropped = connection.execute(old).rowcount
        engine.shrink(self.engine)
        return dropped

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a transaction that only reads."""
        with engine.convert_errors(self.location), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a transaction that can write."""
        with engine.convert_errors(self.location), self.engine.execution_options(**engine.WRITES).begin() as connection:
            yield connection


def cleaned_pass(done: Pass) -> Pass:
    """Return a pass without secrets, in the form that every database can hold."""
    return map_texts(done, _storable)


def _storable(text: str) -> str:
    """Return a text without secrets, in the form that every database can hold."""
    return storable(SECRETS.text(text))


def _raise_unknown_pass(number: int) -> NoReturn:
    raise UserError(_("There is no check {number} in the history. `audit history` lists them.").format(number=number))


def _raise_repeating_pass(number: int, repeated: int | None) -> NoReturn:
    text = _("Check {number} found the same as the one before, so only its counts are kept.")
    more = _("Take check {other}, which is whole.").format(other=repeated) if repeated else ""
    raise UserError(sentences(text.format(number=number), more))


def _by_stored_name(configured: Mapping[str, ConfiguredAccount]) -> Mapping[str, ConfiguredAccount]:
    return {_storable(name): account for name, account in configured.items()}


def _is_stored(connection: Connection, number: int, done: Pass, content: bytes) -> bool:
    """Return whether the pass of that number is this one."""
    p = t.passes.c
    row = connection.execute(select(p.started_at, p.content).where(p.id == number)).one()
    return (row.started_at, row.content) == (done.started_at, content)


def last_id(connection: Connection) -> int:
    """Return the number of the last pass of a watch; 0 if there is none."""
    watched = select(func.max(t.passes.c.id)).where(t.passes.c.command.is_(None))
    return int(connection.execute(watched).scalar() or 0)
