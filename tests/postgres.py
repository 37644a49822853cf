"""A PostgreSQL server for the tests: one a run, started when the first test asks for it.

`TEST_POSTGRES_URL` names another one. Else the installed programs are used (Debian's package ``postgresql``, or those
on the PATH), and where there are none the tests fail: a database that nobody tried is one that does not work.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from itertools import count
from pathlib import Path

import psycopg
from filelock import FileLock
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL, make_url

from auditor.history.database import connect
from auditor.history.database_url import Location

GIVEN = "TEST_POSTGRES_URL"
TEMPLATE = "audit_template"
PREFIX = "audit-postgres-"
OWNERS = ("postgres", "nobody")
# Nothing of a test's database has to survive a power cut.
SETTINGS = (
    "fsync=off full_page_writes=off synchronous_commit=off wal_level=minimal max_wal_senders=0 max_connections=200"
)
FIRST_WITH_STRATEGIES = 150000
MISSING = f"These tests need PostgreSQL: install it (apt-get install postgresql), or name a server in {GIVEN}."
_NUMBERS = count()


@contextmanager
def server(run: Path) -> Iterator[URL]:
    """Yield the URL of the server of a test run, whose folder of temporary files is ``run``."""
    if GIVEN in os.environ:
        url = make_url(os.environ[GIVEN]).set(drivername="postgresql+psycopg")
        with FileLock(run / f"{PREFIX}given.lock"):
            if not (made := run / f"{PREFIX}template").exists():
                _make_template(url)
                made.touch()
        yield url
        return
    name = PREFIX + blake2b(str(run).encode(), digest_size=6).hexdigest()
    folder = Path(tempfile.gettempdir()) / name
    user = folder / f"user-{os.getpid()}"
    with FileLock(run / f"{PREFIX}own.lock"):
        url = _start(folder, user.name)
        user.touch()
    try:
        yield url
    finally:
        with FileLock(run / f"{PREFIX}own.lock"):
            user.unlink()
            if not _is_used(folder):
                _stop(folder)


@contextmanager
def database(at: URL, template: str = TEMPLATE) -> Iterator[URL]:
    """Yield the URL of a new database, with the history's tables unless another ``template`` is named."""
    name = f"audit_{os.getpid()}_{next(_NUMBERS)}"
    with _connected(at) as connection:
        strategy = " STRATEGY file_copy" if connection.info.server_version >= FIRST_WITH_STRATEGIES else ""
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}{strategy}".encode())
    try:
        yield at.set(database=name)
    finally:
        if GIVEN in os.environ:  # a server of our own is thrown away whole, which is quicker
            _execute(at, f"DROP DATABASE {name} WITH (FORCE)")


def cut_connections(at: URL) -> None:
    """End every connection to a database, as a restart or a firewall does."""
    others = f"datname = '{at.database}' AND pid <> pg_backend_pid()"
    _execute(at, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


def restart(at: URL) -> None:
    """Restart the server of a database as an operator does; of one that is not ours, only cut the connections."""
    if GIVEN in os.environ:
        cut_connections(at)
        return
    _run("pg_ctl", "-D", f"{at.query['host']}/data", "-w", "-s", "-m", "fast", "restart")


def is_given() -> bool:
    """Return whether the server is one that somebody named."""
    return GIVEN in os.environ


def programs() -> str:
    """Return the folder of PostgreSQL's programs."""
    return str(_program("createdb").parent)


def text(url: URL) -> str:
    """Return a URL with its password."""
    return url.render_as_string(hide_password=False)


def _connected(at: URL) -> psycopg.Connection:
    given = at.set(drivername="postgresql", database="postgres")
    return psycopg.connect(make_conninfo(text(given)), autocommit=True)


def _execute(at: URL, *statements: str) -> None:
    with _connected(at) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def _start(folder: Path, user: str) -> URL:
    for left in folder.parent.glob(f"{PREFIX}*/"):
        if left != folder and not _is_used(left):
            _stop(left)  # of a run that was killed
    url = URL.create("postgresql+psycopg", username="audit", database="postgres", query={"host": str(folder)})
    if folder.exists():
        return url
    unnamed = folder.with_name(f".{folder.name}")
    unnamed.mkdir(mode=0o755)
    (unnamed / user).touch()  # before another run can take it for one that was left
    unnamed.rename(folder)
    if owner := _owner():
        shutil.chown(folder, owner)
    _run("initdb", "-D", f"{folder}/data", "-U", "audit", "-A", "trust", "-N", "-E", "UTF8", "--locale=C")
    settings = "".join(f" -c {setting}" for setting in SETTINGS.split())
    socket = f"-k {folder} -c listen_addresses=''{settings}"
    _run("pg_ctl", "-D", f"{folder}/data", "-w", "-s", "-l", f"{folder}/log", "-o", socket, "start")
    _make_template(url)
    return url


def _stop(folder: Path) -> None:
    with suppress(subprocess.CalledProcessError):
        _run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-s", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def _is_used(folder: Path) -> bool:
    return any(_is_alive(int(user.name.partition("-")[2])) for user in folder.glob("user-*"))


def _is_alive(number: int) -> bool:
    with suppress(PermissionError):
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return False
    return True


def _make_template(at: URL) -> None:
    _execute(at, f"DROP DATABASE IF EXISTS {TEMPLATE}", f"CREATE DATABASE {TEMPLATE}")
    connect(Location(url=text(at.set(database=TEMPLATE)))).dispose()


def _run(program: str, *arguments: str) -> None:
    words = [str(_program(program)), *arguments]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/", user=_owner(), extra_groups=_groups())


def _owner() -> str | None:
    """Return the user who runs the server: PostgreSQL refuses root."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415 - Windows has none

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in OWNERS if name in known)


def _groups() -> Sequence[str] | None:
    return () if _owner() else None


@cache
def _program(name: str) -> Path:
    """Return the newest installed program of that name."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = installed[-1] if installed else shutil.which(name)
    if found is None:
        raise RuntimeError(MISSING)
    return Path(found)
