"""What every run of the program makes alike, made once a process: hundreds of programs run in one process of the tests.

Nothing that a test proves is left out: the commands, the tables and the sets of characters are those that the program
and Hypothesis make. Files are not forced to the disk, which only a loss of power would show.
"""

import os
import sqlite3
import sys
from collections.abc import Callable
from functools import cache
from typing import Any
from unittest.mock import patch

import typer.main
import typer.utils
from hypothesis.internal import charmap
from hypothesis.internal.conjecture import providers
from hypothesis.internal.intervalsets import IntervalSet
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from auditor.security import credentials, own_words, secret_checks

BEFORE_SURROGATES, AFTER_SURROGATES, LAST_CHARACTER = 0xD7FF, 0xE000, 0x10FFFF


def install() -> None:
    """Make these things once from now on."""
    # A program reads its commands' signatures once.
    patch.object(typer.main, "get_params_from_function", cache(typer.utils.get_params_from_function)).start()
    patch.object(typer.main, "get_command", _of_fresh_parameters(typer.main.get_command)).start()
    patch.object(charmap, "intervals_from_codec", _known_for_utf_8(charmap.intervals_from_codec)).start()
    for module in (credentials, secret_checks):
        # It looks through the program's sources, 5 ms each time.
        patch.object(module, "is_own_word", cache(own_words.is_own_word)).start()
    patch.object(os, "fsync", lambda _descriptor: None).start()
    event.listen(Engine, "connect", _leave_to_the_system)


def draw_no_constants() -> None:
    """Let Hypothesis draw nothing from the sources that happen to be loaded: it reads all of them for 3 seconds."""
    patch.object(providers, "_get_local_constants", lambda: providers._local_constants).start()


def install_in_what_is_loaded() -> None:
    """Do the same for modules that some tests alone load."""
    state, migrations, database = (
        sys.modules.get(f"auditor.{name}") for name in ("archive.state", "history.migrations", "history.database")
    )
    if state is not None:
        patch.object(state, "_SCHEMA", f"PRAGMA synchronous = OFF;{state._SCHEMA}").start()
    if migrations is not None:
        metadata = migrations.t.METADATA
        patch.object(metadata, "create_all", _as_created_before(metadata.create_all)).start()
    if database is not None:
        patch.object(database, "create_engine", _compiling_once(database.create_engine)).start()


def _of_fresh_parameters(real: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Typer's commands, whose lists of parameters are as typer made them: the program adds options to each."""
    made = dict[object, tuple[Any, list[tuple[Any, list[Any]]]]]()

    def get_command(app: Any) -> Any:
        key = app.info.name, tuple(one.callback for one in app.registered_commands), len(app.registered_groups)
        if key not in made:
            command = real(app)
            made[key] = command, [(each, list(each.params)) for each in _commands_of(command)]
        command, before = made[key]
        for each, params in before:
            each.params[:] = params
        return command

    return get_command


def _commands_of(command: Any) -> list[Any]:
    within = [_commands_of(one) for one in getattr(command, "commands", {}).values()]
    return [command, *(one for several in within for one in several)]


def _known_for_utf_8(real: Callable[[str], Any]) -> Callable[[str], Any]:
    """The characters that a codec can write: Hypothesis tries each of a million."""
    every = IntervalSet([(0, BEFORE_SURROGATES), (AFTER_SURROGATES, LAST_CHARACTER)])
    return lambda codec: (every, IntervalSet([])) if codec == "utf-8" else real(codec)


def _leave_to_the_system(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")


def _as_created_before(real: Callable[[Connection], None]) -> Callable[[Connection], None]:
    """Create SQLite's tables by the statements that created them before; SQLAlchemy looks for each of them first."""
    statements: list[str] = []

    def create_all(connection: Connection) -> None:
        if connection.dialect.name != "sqlite" or _written(connection):
            real(connection)
        elif statements:
            for one in statements:
                connection.exec_driver_sql(one)
        else:
            real(connection)
            statements.extend(_written(connection))

    return create_all


class _Statements(dict[Any, Any]):
    """Compiled statements by what SQLAlchemy compiled them of, but for the engine: each file has one of its own."""

    def get(self, key: Any, default: Any = None) -> Any:
        """Return what this or another engine compiled."""
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        """Keep it for each engine."""
        super().__setitem__(key[1:], compiled)


def _compiling_once(real: Callable[..., Engine]) -> Callable[..., Engine]:
    """Make engines which compile each statement for SQLite once a process: a third of the time of a history."""
    kept = _Statements()

    def create_engine(url: Any, **named: Any) -> Engine:
        engine = real(url, **named)
        if engine.dialect.name == "sqlite":
            changed: Any = kept
            engine._compiled_cache = changed
        return engine

    return create_engine


def _written(connection: Connection) -> list[str]:
    """The statements that made what a file of SQLite has, in their order; those of SQLite's own tables are none."""
    rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY rowid")
    return [row[0] for row in rows]
