"""Archives of made-up accounts at Kraken Futures, at a demo exchange whose clock stands still with the program's."""

from functools import cache
from pathlib import Path
from typing import Any

from auditor import demo
from auditor.archive.finishing import Archive
from auditor.demo.krakenfutures.story import story_account
from tests.archive.archiving import NOW
from tests.archive.kraken_archiving import make, served


@cache
def told(*, events: int = 120, days: int = 400, seed: int = 5) -> demo.Account:
    """An account with a generated history."""
    return story_account(demo.account("krakenfutures-empty"), NOW.timestamp(), events=events, days=days, seed=seed)


def archived(account: demo.Account, to: Path, *, fault: demo.Fault | None = None, **request: Any) -> Archive:
    """Serve and archive an account."""
    with served(account, fault=fault) as (configured, _exchange):
        return make(configured, to, **request)
