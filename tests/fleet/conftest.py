"""A fleet's database, in a file and in PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.history.database_url import Location
from auditor.history.store import History
from tests import postgres


@pytest.fixture
def location(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    """Where the history of a test lies."""
    if database == "sqlite":
        return Location(file=tmp_path / "data" / "history.sqlite3")
    return Location(url=postgres.text(request.getfixturevalue("postgres_url")))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow("a database server"))])
def database(request: pytest.FixtureRequest) -> str:
    """The database of a test: each that uses it is tried on both, on PostgreSQL among the slow tests.

    One that names both is tried on both in every run.
    """
    return str(request.param)


@pytest.fixture
def history(location: Location) -> Iterator[History]:
    with History(location) as opened:
        yield opened
