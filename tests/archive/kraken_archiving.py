"""Archives of made-up accounts at Kraken, at a demo exchange whose clock stands still with the program's."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from auditor import demo
from auditor.archive.finishing import Archive
from auditor.archive.run import ArchiveRequest, archive
from auditor.demo.kraken.story import story_account
from auditor.model.account import Account, Options
from auditor.model.clock import frozen_clock
from tests.archive.archiving import NOW
from tests.conftest import configured_account


def told(*, events: int = 160, days: int = 900, seed: int = 3) -> demo.Account:
    """An account with a generated history of more than one page of each list, whose rows a test may change."""
    account = _told(events, days, seed)
    return account.with_(books={path: [dict(row) for row in rows] for path, rows in account.books.items()})


@cache
def _told(events: int, days: int, seed: int) -> demo.Account:
    return story_account(demo.account("kraken-empty"), NOW.timestamp(), events=events, days=days, seed=seed)


@contextmanager
def served(account: demo.Account, **server: Any) -> Iterator[tuple[Account, demo.DemoExchange]]:
    options = {"limits": False, "clock": NOW.timestamp, **server}
    with demo.serve([account], **options) as exchange, frozen_clock(NOW):
        yield configured_account(account, exchange.url), exchange


def make(account: Account, to: Path, **request: Any) -> Archive:
    return asyncio.run(archive(account, Options(pace=0), ArchiveRequest(to=to, **request)))


def archived(account: demo.Account, to: Path, *, fault: demo.Fault | None = None, **request: Any) -> Archive:
    with served(account, fault=fault) as (configured, _exchange):
        return make(configured, to, **request)
