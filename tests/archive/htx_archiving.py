"""Archives of made-up accounts at HTX: its lists as they are, asked for some hours in place of 29 days."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from auditor import demo
from auditor.archive import run
from auditor.archive.finishing import Archive
from auditor.archive.run import ArchiveRequest, archive
from auditor.demo.account_files import unnamed_account
from auditor.demo.htx.story import Story
from auditor.exchanges.registry import load
from auditor.model.account import Account, Options
from auditor.model.clock import frozen_clock
from auditor.spec.endpoint import Token
from auditor.spec.exchange import Exchange
from auditor.spec.history import History
from auditor.spec.ledger import Ledger
from auditor.spec.paged_list import PagedList, RowsOf
from tests.archive.archiving import NOW
from tests.conftest import configured_account

SPAN = timedelta(hours=6)
PAGE = 20
"""Rows of a page of a ledger, so that an hour has several."""
HOUR = 3_600_000
List = TypeVar("List", bound=PagedList)


@cache
def told(events: int = 100, hours: int = 5, seed: int = 9) -> demo.Account:
    """An account with a generated history, younger than what is asked for unless ``hours`` are more."""
    last = int(NOW.timestamp() * 1000) - 60_000
    return Story(seed).tell(events, last - hours * HOUR, last).account(unnamed_account("htx"))


@cache
def exchange(span: timedelta = SPAN) -> Exchange:
    """HTX, asked for so much time."""
    table = load("htx")
    assert table.history is not None
    of_accounts = table.history.of_accounts
    assert of_accounts is not None

    def shortened(rows_of: RowsOf) -> History:
        history = of_accounts(rows_of)
        ledgers, seconds = (tuple(_within(one, span) for one in lists) for lists in (history.ledgers, history.seconds))
        return replace(history, ledgers=ledgers, seconds=seconds)  # type: ignore[arg-type]

    return replace(table, history=replace(table.history, of_accounts=shortened))


def _within(paged: List, span: timedelta) -> List:
    """Return a list that is asked for so much time, a ledger in short pages."""
    query, pages = paged.endpoint.queries[-1], paged.endpoint.pagination
    if isinstance(paged, Ledger) and isinstance(pages, Token):
        pages = replace(pages, size=PAGE)
    endpoint = replace(
        paged.endpoint,
        queries=(replace(query, back=query.back and span),),
        pagination=pages,
    )
    return replace(paged, endpoint=endpoint)


@contextmanager
def served(account: demo.Account, **server: Any) -> Iterator[tuple[Account, demo.DemoExchange]]:
    """Serve an account at a moment that does not pass."""
    options = {"limits": False, "clock": NOW.timestamp, **server}
    with demo.serve([account], **options) as served_, frozen_clock(NOW):
        yield configured_account(account, served_.url), served_


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
