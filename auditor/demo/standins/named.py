"""The named accounts: one data file for each exchange in ``data/``, with what it lists for everyone."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

from auditor.demo.standins.model import Holder

# A time so many days ago: ``{ms-3d}`` within a text, ``"{#s-3d}"`` in place of a number.
_NUMBER = re.compile(r'"\{#(ms|s)-(\d+)d\}"')
_IN_TEXT = re.compile(r"\{(ms|s)-(\d+)d\}")
_FOLDER = Path(__file__).parent / "data"


def names(exchange: str) -> tuple[str, ...]:
    """The accounts that an exchange's file has."""
    return tuple(_read(exchange)["accounts"])


def holder(exchange: str, name: str) -> Holder:
    """One account, with credentials that can be told from real ones at sight."""
    data = _read(exchange)
    account = data["accounts"][name]
    secrets = {"secret": f"demo-{name}-secret", **data.get("secrets", {})}
    key = {**data["key"], **account.get("key", {})}
    return Holder(
        name=f"{exchange}-{name}",
        apikey=f"demo-{exchange}-{name}-key",
        passphrase=f"demo-{name}-passphrase",
        key=key,
        books=account.get("books", {}),
        **secrets,
    )


def listed(exchange: str) -> dict[str, Any]:
    """What an exchange lists for everyone, by path."""
    found: dict[str, Any] = _read(exchange)["listed"]
    return found


def _read(exchange: str) -> dict[str, Any]:
    text = (_FOLDER / f"{exchange}.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(_IN_TEXT.sub(_moment, _NUMBER.sub(_moment, text)))
    return data


def _moment(found: re.Match[str]) -> str:
    unit, days = found.groups()
    seconds = int(time.time()) - int(days) * 86400
    return str(seconds * 1000 if unit == "ms" else seconds)
