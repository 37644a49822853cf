"""Demo accounts with a generated history: one for each exchange whose folder has a `story.py`."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from auditor.demo.account_files import account, names
from auditor.demo.model import Account


class NoStoryError(Exception):
    """An exchange's demo account has no history."""


def story_of(exchange: str) -> ModuleType:
    """Return the module with an exchange's story. Raises NoStoryError."""
    name = f"auditor.demo.{exchange}.story"
    if find_spec(f"auditor.demo.{exchange}") is None or find_spec(name) is None:
        raise NoStoryError(exchange)
    return import_module(name)


def account_with_story(exchange: str, now: float) -> Account:
    """Return an exchange's demo account with its history up to now (Unix seconds). Raises NoStoryError."""
    empty = next(name for name in (f"{exchange}-empty", "empty") if name in names())
    told: Account = story_of(exchange).story_account(account(empty).with_(name="demo"), now)
    return told


def has_limits(exchange: str) -> bool:
    """Return whether the demo goes by the exchange's limits, at which some histories take half an hour.

    Raises NoStoryError.
    """
    return bool(getattr(story_of(exchange), "WITH_LIMITS", True))
