"""Archives of made-up accounts at Gate: its lists as they are, asked no further back than the account is old."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from auditor import demo
from auditor.archive import run
from auditor.archive.finishing import Archive
from auditor.archive.run import ArchiveRequest, archive
from auditor.demo.gate.story import story_account
from auditor.exchanges.registry import load
from auditor.model.account import Account, Options
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from tests.archive.archiving import NOW, served

DAYS = 75


@cache
def told(events: int = 150, days: int = 70, seed: int = 17) -> demo.Account:
    """An account with a generated history of more than two time windows."""
    return story_account(demo.account("gate-empty"), NOW.timestamp(), events=events, days=days, seed=seed)


@cache
def exchange(days: int = DAYS, *, whole: bool = False) -> Exchange:
    """Gate, asked for so many days. ``whole``: with the lists that only explain."""
    table = load("gate")
    assert table.history is not None
    ledgers = tuple(replace(one, endpoint=_since(one.endpoint, days)) for one in table.history.ledgers)
    lists = [one for one in table.history.seconds if whole or not one.explains]
    seconds = tuple(replace(one, endpoint=_since(one.endpoint, days)) for one in lists)
    return replace(table, history=replace(table.history, ledgers=ledgers, seconds=seconds))


def _since(endpoint: Endpoint, days: int) -> Endpoint:
    if endpoint.windows is None:
        return endpoint
    return replace(endpoint, windows=replace(endpoint.windows, first=NOW - timedelta(days=days)))


def make(account: Account, to: Path, table: Exchange | None = None, **request: Any) -> Archive:
    """Archive an account that is served."""
    with patch.object(run, "load", lambda _id: table or exchange()):
        return asyncio.run(archive(account, Options(pace=0), ArchiveRequest(to=to, **request)))


def archived(
    account: demo.Account, to: Path, table: Exchange | None = None, *, fault: demo.Fault | None = None, **request: Any
) -> Archive:
    """Serve and archive an account."""
    with served(account, fault=fault) as (configured, _exchange):
        return make(configured, to, table, **request)
