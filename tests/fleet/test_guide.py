"""The operator's guide, tried as it stands: its ten commands lead from nothing to two workers, each with an egress."""

import csv
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import URL

from auditor import demo as exchange
from auditor.history import schema as t
from auditor.history.database_url import Location
from auditor.history.store import History
from tests import postgres
from tests.docs.test_fleet import guide
from tests.fleet.guide_machine import Machine
from tests.fleet.socks import proxy_at
from tests.fleet.world import families, write_keys

OWN, OF_THE_PROXY = "127.0.0.1", "127.0.1.77"
NOT_CHECKED, STOPPED = 3, 143
WORKERS = ["exchange-closure-audit-fra-1", "exchange-closure-audit-fra-2"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[URL]:
    """A server of its own: what the guide makes there has the guide's names."""
    with postgres.server(tmp_path) as server:
        yield server


@pytest.mark.campaign
@pytest.mark.skipif(postgres.is_given(), reason="the guide's names may be another's on a server that is not ours")
def test_the_ten_commands_of_the_guide_lead_to_two_workers_each_with_an_egress(server: URL, tmp_path: Path) -> None:
    accounts = families(2, "krakenfutures-empty")
    found = {"PGHOST": str(server.query["host"]), "PGUSER": server.username or "", "PATH": postgres.programs()}
    with exchange.serve(accounts, limits=False) as served, proxy_at(OF_THE_PROXY) as port:
        machine = Machine(tmp_path / "machine", found, {"10.0.0.2:1080": f"127.0.0.1:{port}"})
        write_keys(machine.place("/run/keys"), accounts)
        write_list(machine.files / "accounts.csv", accounts, served.url)
        own = server.set(username="auditor", password="of-the-guide", database="audits")
        answers = {"new role": "of-the-guide", "again": "of-the-guide", "URL": postgres.text(own)}

        codes = machine.type(guide(), answers)
        units = machine.start_units()
        with History(Location(url=postgres.text(own))) as history:
            wait_for_checks(history, len(accounts))
        ended = machine.stop()

    asked = defaultdict(set)
    for call in served.calls:
        asked[call.account].add(call.address)
    assert ([0] * 9 + [NOT_CHECKED], WORKERS, [STOPPED] * 2) == (codes, units, ended)
    assert {"a000": {OWN}, "a001": {OF_THE_PROXY}} == {name: asked[name] for name in ("a000", "a001")}


def write_list(file: Path, accounts: list[exchange.Account], url: str) -> None:
    """Write the list of the guide, for accounts of the embedded exchange."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(("name", "exchange", "egress", "uid", "tags", "base_url"))
        for number, account in enumerate(accounts, 1):
            writer.writerow((account.name, account.exchange, f"fra-{number}", "", "fund-3", url))


def wait_for_checks(history: History, number: int) -> None:
    """Wait until so many accounts were checked."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with history.reading() as connection:
            if len(connection.execute(select(t.standings)).all()) == number:
                return
        time.sleep(0.1)
    raise AssertionError(number)
