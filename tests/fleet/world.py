"""A fleet on the embedded exchange: accounts with keys in files, and workers in this process."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from auditor import demo as exchange
from auditor.demo.faults import Call
from auditor.fleet.accounts import FleetAccount, find
from auditor.fleet.accounts_csv import ListedAccount
from auditor.fleet.database import Database, FleetClock
from auditor.fleet.egress_lock import lock_for
from auditor.fleet.engine import Engine
from auditor.fleet.engine_local import LocalEngine
from auditor.fleet.figures import Figures
from auditor.fleet.look import Means
from auditor.fleet.membership import add
from auditor.fleet.worker import Worker
from auditor.history.dialect import read_clock
from auditor.history.serialization import Pass
from auditor.history.store import History
from auditor.model.account import Options
from auditor.security.credentials_template import parse_template
from auditor.settings import exchange_checks as needs
from auditor.transport.host import HostPool
from auditor.watch.policy import Policy

EGRESS = "fra-1"
SPEED = 9000.0
"""Simulated seconds in each real one: half an hour is a fifth of a second."""


def families(number: int, kind: str = "kraken-empty") -> list[exchange.Account]:
    """So many accounts of one kind, each a family of its own."""
    return [_own(exchange.account(kind), f"{index:03d}") for index in range(number)]


def _own(account: exchange.Account, tag: str) -> exchange.Account:
    """Return an account with a key and a uid of its own; Kraken's and Coinbase's uids are fields of the key."""
    identity = {"iban": f"AA00 DEMO {tag}", "portfolio_uuid": f"portfolio-{tag}"}
    key = {**account.key, **{name: uid for name, uid in identity.items() if name in account.key}}
    return replace(
        account, name=f"a{tag}", apikey=f"{account.apikey}{tag}", uid=f"71{tag}", main_uid=f"71{tag}", key=key
    )


def write_keys(folder: Path, accounts: Iterable[exchange.Account]) -> str:
    """Write each account's keys into a file of its own, and return the template."""
    folder.mkdir(parents=True, exist_ok=True)
    for account in accounts:
        values = {"apiKey": account.apikey, "secret": account.secret, "password": account.passphrase}
        file = folder / f"{account.name}.json"
        file.write_text(json.dumps({name: values[name] for name in needs.credentials(account.exchange)}))
        file.chmod(0o600)
    return f"file:{folder}/{{name}}.json"


@dataclass
class Fleet:
    """A fleet in a history, whose accounts an embedded exchange serves."""

    history: History
    served: exchange.DemoExchange
    template: str
    done: list[Pass]
    speed: float = SPEED
    since: datetime | None = None

    def clock(self) -> FleetClock:
        """Return the clock of the simulation, which begins when it is first asked for."""
        with self.history.reading() as connection:
            self.since = self.since or read_clock(connection)
            clock = FleetClock(self.since, self.speed)
            clock.set(connection)
        return clock

    def add(self, accounts: Sequence[exchange.Account], egress: str = EGRESS, spread: timedelta = timedelta(0)) -> None:
        """Add accounts to the fleet."""
        listed = [
            ListedAccount(name=one.name, exchange=one.exchange, egress=egress, base_url=self.served.url)
            for one in accounts
        ]
        now = self.clock().now()
        with self.history.writing() as connection:
            add(connection, listed, now, spread, demo=True)

    def worker(self, engine: Engine | None = None, egress: str = EGRESS, **changes: Any) -> Worker:
        """Return a worker, not begun."""
        options, figures = Options(pace=0), Figures()

        def stored(_family: str, done: Pass) -> None:
            figures.passes += 1
            self.done.append(done)

        means = Means(
            database=Database(self.history),
            engine=engine or LocalEngine(),
            clock=self.clock(),
            egress=egress,
            template=parse_template(self.template),
            options=replace(options, keep=figures.keep),
            hosts=HostPool(options, 4),
            policy=Policy(),
            stored=stored,
        )
        given = {"slots": 4, "grace": timedelta(0), "figures": figures, **changes}
        return Worker(means=means, lock=lock_for(self.history, egress), **given)

    @property
    def accounts(self) -> tuple[FleetAccount, ...]:
        """The accounts of the fleet."""
        with self.history.reading() as connection:
            return find(connection)


async def first_request(fleet: Fleet) -> None:
    """Wait until a worker has begun to read."""
    asked, loop = asyncio.Event(), asyncio.get_running_loop()

    def note(_call: Call) -> None:
        loop.call_soon_threadsafe(asked.set)

    fleet.served.fault = note
    await asked.wait()
