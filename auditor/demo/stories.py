"""The accounts with a generated history, for an archive: one venue, one story."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from auditor.demo.account_files import DEFAULT, account, exchanges, full_name, unnamed_account
from auditor.demo.model import Account

EMPTY = "empty"


def story_account(exchange: str | None, now: float, **shape: int) -> Account:
    """Return the account at an exchange with a generated history up to `now` (Unix seconds).

    `shape`: so many `days`, and so many `events`.
    Raises KeyError for an exchange without one.
    """
    story = _module(exchange or DEFAULT, "story")
    if story is None:
        raise KeyError(exchange)
    holder: Account = story.story_account(_empty_account(exchange or DEFAULT), now, **shape)
    return holder.with_(name="demo")


def _empty_account(exchange: str) -> Account:
    return account(full_name(EMPTY, exchange)) if exchange in exchanges() else unnamed_account(exchange)


def downloads(holder: Account, now: float) -> Mapping[str, bytes]:
    """Return the files that the owner of such an account can download, by name: none at most exchanges."""
    module = _module(holder.exchange, "downloads")
    files: Mapping[str, bytes] = module.account_files(holder, now) if module is not None else {}
    return files


def _module(exchange: str, name: str) -> Any:
    try:
        return importlib.import_module(f"auditor.demo.{exchange}.{name}")
    except ModuleNotFoundError:
        return None
