"""What is made once a process is what is made each time."""

from pathlib import Path

import typer.main
from hypothesis.internal import charmap
from sqlalchemy import Column, MetaData, String, Table, create_engine, insert, select

from auditor.cli.app import app
from auditor.cli.options.everywhere import add_options_everywhere, commands_of
from auditor.history import database, migrations
from auditor.history.schema import METADATA


def tables(*, anew: bool) -> list[tuple[object, ...]]:
    """What SQLite says of the tables of a history, created as SQLAlchemy does or as in the tests."""
    with create_engine("sqlite://").begin() as connection:
        if anew:
            MetaData.create_all(METADATA, connection)
        else:
            migrations._create(connection)
        return [tuple(row) for row in connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master")]


def test_tables_that_are_created_again_are_those_that_are_created_first() -> None:
    expected = tables(anew=True)
    assert [expected, expected] == [tables(anew=False), tables(anew=False)]


def test_a_statement_that_was_compiled_for_one_file_writes_and_reads_the_rows_of_another(tmp_path: Path) -> None:
    words, found, compiled = Table("words", MetaData(), Column("word", String)), [], []
    for word in ("one", "two"):
        engine = database._file_engine(tmp_path / word, patience=1.0)
        with engine.begin() as connection:
            words.create(connection)
            connection.execute(insert(words).values(word=word))
            found.append(connection.execute(select(words)).scalar_one())
        compiled.append(engine._compiled_cache)
        engine.dispose()
    assert ["one", "two"] == found
    assert compiled[0] is compiled[1]


def test_each_program_begins_with_the_options_that_its_commands_declare() -> None:
    counts = []
    for _program in range(2):
        command = typer.main.get_command(app)
        counts.append([len(one.params) for one in commands_of(command)])
        add_options_everywhere(command)
    assert counts[0] == counts[1]


def test_utf_8_writes_every_character_but_halves_of_one() -> None:
    (writable, _lossy) = charmap.intervals_from_codec("utf-8")
    tried = (0, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0x10FFFF)
    assert [True, True, False, False, True, True] == [one in writable for one in tried]
    assert 0x110000 - 0x800 == len(writable)
