"""Archives of made-up accounts at Binance: its lists as they are, asked no further back than the account is old."""

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
from auditor.demo.binance.story import story_account
from auditor.exchanges.registry import load
from auditor.model.account import Account, Options
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from auditor.spec.paged_list import PagedList
from tests.archive.archiving import NOW, served

DIRECTIONS = (
    *("MAIN_FUNDING", "FUNDING_MAIN", "MAIN_UMFUTURE", "UMFUTURE_MAIN", "MAIN_CMFUTURE", "CMFUTURE_MAIN"),
    "MAIN_MARGIN",
)
"""Of twenty-eight lists of transfers, each of six windows, those in which something stands here."""


@cache
def told(events: int = 150, days: int = 60, seed: int = 3) -> demo.Account:
    """An account with a generated history, younger than every reach unless ``days`` are more."""
    account = demo.account("binance-empty")
    return story_account(account, NOW.timestamp(), events=events, days=days, seed=seed)


@cache
def exchange(days: int) -> Exchange:
    """Binance, asked for so many days."""
    table = load("binance")
    assert table.history is not None

    def shorter(paged: Any) -> Any:
        partition = paged.partition
        if paged.id == "transfers":
            partition = replace(partition, values=DIRECTIONS)
        return replace(paged, endpoint=_since(paged.endpoint, days), partition=partition)

    names = ("seconds", "changes")
    lists: dict[str, Any] = {name: tuple(map(shorter, getattr(table.history, name))) for name in names}
    return replace(table, history=replace(table.history, **lists))


def _since(endpoint: Endpoint, days: int) -> Endpoint:
    if endpoint.windows is None:
        return endpoint
    return replace(endpoint, windows=replace(endpoint.windows, first=NOW - timedelta(days=days)))


def make(account: Account, to: Path, days: int = 65, **request: Any) -> Archive:
    """Archive an account that is served."""
    with patch.object(run, "load", lambda _id: exchange(days)):
        return asyncio.run(archive(account, Options(pace=0), ArchiveRequest(to=to, **request)))


def archived(account: demo.Account, to: Path, *, fault: demo.Fault | None = None, **request: Any) -> Archive:
    """Serve and archive an account."""
    with served(account, fault=fault) as (configured, _exchange):
        return make(configured, to, **request)


def change_lists() -> tuple[PagedList, ...]:
    """Every list of changes."""
    history = exchange(65).history
    assert history is not None
    return history.changes
