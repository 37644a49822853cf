"""The named accounts: one data file each in `accounts/`.

In a file, `{now-3d}` stands for a time in Unix milliseconds (units s, m, h, d, w), and an entry of `repeated` for
`count` rows in which `{n}` counts up from 0 and `{then}` goes back by `every` from `from`.
"""

from __future__ import annotations

import json
import re
import time
from functools import partial
from pathlib import Path
from typing import Any

from auditor.demo.model import Account, Row

_FOLDER = Path(__file__).parent / "accounts"
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_TOKEN = re.compile(r"\{now(?:([+-]\d+)([smhdw]))?\}")


def names() -> dict[str, str]:
    """List every named account with its description."""
    return {name: str(_read(path)["description"]) for name, path in _files().items()}


def account(name: str, now: float | None = None) -> Account:
    """Load the named account, its times counted from `now` (Unix seconds; the present unless given)."""
    files = _files()
    if name not in files:
        raise KeyError(f"no demo account {name!r}; there are {', '.join(files)}")
    data = _at(_read(files[name]), int((time.time() if now is None else now) * 1000))
    books = data.pop("books", {})
    for entry in data.pop("repeated", ()):
        books.setdefault(entry["path"], []).extend(_repeated(entry))
    return Account(**_credentials(name), **data, books=books)


def _files() -> dict[str, Path]:
    return {path.stem: path for path in sorted(_FOLDER.glob("*.json"))}


def _credentials(name: str) -> dict[str, Any]:
    """Make credentials that can be told from real ones at sight."""
    return {
        "name": name,
        "apikey": f"demo-{name}-key",
        "secret": f"demo-{name}-secret",
        "passphrase": f"demo-{name}-passphrase",
    }


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def _repeated(entry: Row) -> list[Row]:
    step = _duration(entry["every"])
    rows = range(entry["count"])
    return [_filled(entry["row"], {"{n}": str(n), "{then}": str(int(entry["from"]) - n * step)}) for n in rows]


def _filled(value: Any, words: dict[str, str]) -> Any:
    def fill(text: str) -> str:
        for word, meaning in words.items():
            text = text.replace(word, meaning)
        return text

    return _mapped(value, fill)


def _at(value: Any, now_ms: int) -> Any:
    return _mapped(value, lambda text: _TOKEN.sub(partial(_moment, now_ms), text))


def _moment(now_ms: int, match: re.Match[str]) -> str:
    return str(now_ms + (int(match[1]) * _SECONDS[match[2]] * 1000 if match[1] else 0))


def _duration(text: str) -> int:
    """Read a time such as 1d as milliseconds."""
    return int(text[:-1]) * _SECONDS[text[-1]] * 1000


def _mapped(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_mapped(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in value.items()}
    return value
