"""A history of its own, in a file and in PostgreSQL, and passes to put into it."""

import inspect
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import URL

from auditor.audit.report_builder import build_report
from auditor.history.database_url import Location
from auditor.history.models import ConfiguredAccount
from auditor.history.serialization import Pass
from auditor.history.store import History
from auditor.history.writer import StoredPass
from auditor.model.records import Area
from auditor.model.snapshot import Environment, Reading
from tests import builders, postgres

WHO = {"main": ConfiguredAccount(name="main", exchange="okx", environment=Environment.LIVE)}
EMPTY = tuple(builders.reading(area=area, surface=f"{area}-empty") for area in Area)


def done(*readings: Reading, at: datetime = builders.NOW, **account: Any) -> Pass:
    """A pass at that time over an account that shows ``readings`` and is empty everywhere else."""
    snapshot = builders.snapshot(*EMPTY, *readings, **account)
    return Pass(started_at=at, finished_at=at, report=build_report(snapshot, now=at))


def funding(*assets: str, amount: str = "1") -> Reading:
    """The funding wallet with so much of each asset."""
    return builders.reading(
        *(builders.balance(amount, asset) for asset in assets), surface="funding", area=Area.BALANCES
    )


def add(history: History, made: Pass, *, anew: bool = False) -> StoredPass:
    """Put a pass behind the last one."""
    return history.append(made, WHO, after=history.last_id(), anew=anew)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try each test of the history on both databases, but those that look into its file."""
    if "database" in metafunc.fixturenames:
        is_of_files = "file" in inspect.signature(metafunc.function).parameters
        metafunc.parametrize("database", ["sqlite"] if is_of_files else ["sqlite", "postgresql"])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.sqlite3"


@pytest.fixture
def location(database: str, request: pytest.FixtureRequest) -> Location:
    """Where the history of a test lies."""
    if database == "sqlite":
        return Location(file=request.getfixturevalue("file"))
    return Location(url=postgres.text(request.getfixturevalue("postgres_url")))


@pytest.fixture
def empty_location(database: str, request: pytest.FixtureRequest, postgres_server: URL) -> Iterator[Location]:
    """Where a history will lie that nobody has made yet."""
    if database == "sqlite":
        yield Location(file=request.getfixturevalue("file"))
        return
    with postgres.database(postgres_server, template="template1") as url:
        yield Location(url=postgres.text(url))


@pytest.fixture
def history(location: Location) -> Iterator[History]:
    with History(location, patience=0.1) as opened:
        yield opened
