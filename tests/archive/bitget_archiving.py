"""Archives of made-up accounts at Bitget: its lists as they are, asked no further back than the account is old."""

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
from auditor.demo.bitget.classic_story import classic_account
from auditor.demo.bitget.story import story_account
from auditor.exchanges.registry import load
from auditor.model.account import Account, Options
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from auditor.spec.history import History
from tests.archive.archiving import NOW, served

DAYS = 25


@cache
def told(events: int = 120, days: int = 20, seed: int = 1) -> demo.Account:
    """A unified account with a generated history, younger than every reach unless ``days`` are more."""
    return story_account(demo.account("bitget-empty"), NOW.timestamp(), events=events, days=days, seed=seed)


@cache
def classic(events: int = 60, days: int = 20) -> demo.Account:
    """A classic account with a generated history."""
    return classic_account(demo.account("bitget-classic"), NOW.timestamp(), events=events, days=days)


@cache
def exchange(days: int = DAYS, *, whole: bool = False) -> Exchange:
    """Bitget, asked for so many days. ``whole``: with the lists that only explain."""
    table = load("bitget")
    assert table.history is not None
    by_mode = {mode: _since(one, days, whole=whole) for mode, one in table.history.by_mode.items()}
    return replace(table, history=replace(_since(table.history, days, whole=whole), by_mode=by_mode))


def _since(history: History, days: int, *, whole: bool) -> History:
    ledgers = tuple(replace(one, endpoint=_asked(one.endpoint, days)) for one in history.ledgers)
    seconds = tuple(
        replace(one, endpoint=_asked(one.endpoint, days)) for one in history.seconds if whole or not one.explains
    )
    return replace(history, ledgers=ledgers, seconds=seconds)


def _asked(endpoint: Endpoint, days: int) -> Endpoint:
    assert endpoint.windows is not None
    return replace(endpoint, windows=replace(endpoint.windows, first=NOW - timedelta(days=days)))


def make(account: Account, to: Path, table: Exchange | None = None, **request: Any) -> Archive:
    """Archive an account that is served."""
    options = Options(pace=0, accept_unproven_key=True)
    with patch.object(run, "load", lambda _id: table or exchange()):
        return asyncio.run(archive(account, options, ArchiveRequest(to=to, **request)))


def archived(
    account: demo.Account, to: Path, table: Exchange | None = None, *, fault: demo.Fault | None = None, **request: Any
) -> Archive:
    """Serve and archive an account."""
    with served(account, fault=fault) as (configured, _exchange):
        return make(configured, to, table, **request)
