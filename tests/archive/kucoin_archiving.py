"""Archives of made-up accounts at KuCoin: its lists as they are, asked no further back than the account is old."""

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
from auditor.demo.kucoin.story import story_account
from auditor.exchanges.registry import load
from auditor.model.account import Account, Options
from auditor.spec.exchange import Exchange
from tests.archive.archiving import NOW, served


@cache
def told(events: int = 110, days: int = 10, seed: int = 22) -> demo.Account:
    """An account with a generated history, a part of it older than the trading account's own ledger."""
    return story_account(demo.account("kucoin-empty"), NOW.timestamp(), events=events, days=days, seed=seed)


PROVING = ("ledger", "trading-ledger", "margin-ledger", "deposits", "withdrawals")
"""The lists that a proof rests on, and the one that another is read beside."""


@cache
def exchange(days: int, *, whole: bool = True) -> Exchange:
    """KuCoin, asked for so many days. ``whole``: with every list, not only those that a proof rests on."""
    table = load("kucoin")
    assert table.history is not None

    def shorter(paged: Any) -> Any:
        windows = paged.endpoint.windows
        if windows is None:
            return paged
        endpoint = replace(paged.endpoint, windows=replace(windows, first=NOW - timedelta(days=days)))
        return replace(paged, endpoint=endpoint)

    names = ("seconds", "changes")
    lists: dict[str, Any] = {
        name: tuple(shorter(one) for one in getattr(table.history, name) if whole or one.id in PROVING)
        for name in names
    }
    return replace(table, history=replace(table.history, **lists))


def make(account: Account, to: Path, *, whole: bool = False, **request: Any) -> Archive:
    """Archive an account that is served."""
    with patch.object(run, "load", lambda _id: exchange(11, whole=whole)):
        return asyncio.run(archive(account, Options(pace=0), ArchiveRequest(to=to, **request)))


def archived(account: demo.Account, to: Path, *, fault: demo.Fault | None = None, **request: Any) -> Archive:
    """Serve and archive an account."""
    with served(account, fault=fault) as (configured, _exchange):
        return make(configured, to, **request)
