"""No key is left behind: not in any table of the database, a stored pass, a log, or what a command says."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from auditor import demo as exchange
from auditor.__main__ import main
from auditor.fleet.engine_dbos import SCHEMA
from auditor.history.database_url import Location
from auditor.history.store import History
from tests.fleet.world import EGRESS, Fleet, families, write_keys

NOT_CONFIRMED = 3


def places(history: History) -> dict[str, str]:
    """Everything that a database holds, those of an engine included, and each pass as it reads."""
    found = {f"pass {entry.id}": repr(history.load(entry.id)) for entry in history.entries()}
    with history.reading() as connection:
        names = inspect(connection)
        for schema in {None, SCHEMA} & {None, *names.get_schema_names()}:
            for table in names.get_table_names(schema):
                rows = connection.execute(
                    text(f'SELECT * FROM "{schema}"."{table}"' if schema else f"SELECT * FROM {table}")
                )
                found[f"{schema or 'own'}.{table}"] = repr(rows.all())
    return found


def test_no_key_stands_in_any_table_log_or_output(
    location: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts = families(1, "krakenfutures-empty")
    monkeypatch.setenv("FLEET_DB", location.url or "")
    where = str(location.file) if location.file else "env:FLEET_DB"
    with exchange.serve(accounts, limits=False) as served, History(location) as history:
        fleet = Fleet(history, served, write_keys(tmp_path / "keys", accounts), [], speed=1)
        fleet.add(accounts)
        until = datetime.now(UTC).isoformat()
        work = ["fleet", "work", "--egress", EGRESS, "--history", where, "--credentials", fleet.template]

        code = main([*work, "--until", until, "-vv"])

        found = places(history)
    said = "".join(capsys.readouterr())
    engine = {f"{SCHEMA}.workflow_status"} if location.url else set()
    assert (NOT_CONFIRMED, True) == (code, "/derivatives/api/v3/accounts" in said)
    assert {"own.fleet_accounts", "own.results", "pass 1", *engine} <= set(found)
    keys = {accounts[0].apikey, accounts[0].secret}
    assert [] == [name for name, held in {**found, "said": said}.items() for key in keys if key in held]
