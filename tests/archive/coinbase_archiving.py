"""Archives of made-up accounts at Coinbase, at a demo exchange whose clock stands still with the program's."""

import asyncio
from functools import cache
from pathlib import Path
from typing import Any

from auditor import demo
from auditor.archive.finishing import Archive
from auditor.archive.run import ArchiveRequest, archive
from auditor.demo.coinbase.story import story_account
from auditor.model.account import Account, Options
from tests.archive.archiving import NOW, served


@cache
def told(events: int = 110, days: int = 900, seed: int = 4) -> demo.Account:
    """An account with a generated history of more than one page of some lists."""
    return story_account(demo.account("coinbase-empty"), NOW.timestamp(), events=events, days=days, seed=seed)


def make(account: Account, to: Path, **request: Any) -> Archive:
    """Archive an account that is served."""
    return asyncio.run(archive(account, Options(pace=0), ArchiveRequest(to=to, **request)))


def archived(account: demo.Account, to: Path, *, fault: demo.Fault | None = None, **request: Any) -> Archive:
    """Serve and archive an account."""
    with served(account, fault=fault) as (configured, _exchange):
        return make(configured, to, **request)
