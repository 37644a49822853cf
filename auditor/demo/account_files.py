"""The named accounts: one data file each in the `accounts/` folder of their venue.

An account is named by its exchange and its file, such as `kraken-messy`; those of OKX, the default of `audit demo`, by
their file alone. In a file, `{now-3d}` is a time in Unix milliseconds and `{seconds-3d}` one in Unix seconds (units s,
m, h, d, w); `{#now-3d}` gives a number instead of a text. An entry of `repeated` is expanded to `count` rows, in which
`{n}` counts up from 0 and `{then}` goes back by `every` from `from`.
"""

from __future__ import annotations

import json
import pkgutil
import re
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from auditor.demo.model import Account, Row

DEFAULT = "okx"
"""The exchange that is shown unless another is asked for."""

_FOLDER = Path(__file__).parent
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_TIME = re.compile(r"\{(#?)(now|seconds)(?:([+-]\d+)([smhdw]))?\}")


def exchanges() -> tuple[str, ...]:
    """List the exchanges that have named accounts, by their ccxt ids."""
    folders = (module.name for module in pkgutil.iter_modules([str(_FOLDER)]) if module.ispkg)
    return tuple(sorted(name for name in folders if (_FOLDER / name / "accounts").is_dir()))


def names(exchange: str | None = None) -> dict[str, str]:
    """List the named accounts, of one exchange or of all, with their descriptions."""
    return {name: str(_read(path)["description"]) for name, path in _files(exchange).items()}


def full_name(name: str, exchange: str) -> str:
    """Return the name under which all exchanges' accounts are listed: `messy` of kraken is `kraken-messy`."""
    return name if exchange == DEFAULT or name.startswith(f"{exchange}-") else f"{exchange}-{name}"


def account(name: str, now: float | None = None) -> Account:
    """Load the named account with its times counted from `now`.

    `now`: Unix seconds, the present unless given.
    """
    files = _files()
    if name not in files:
        raise KeyError(f"no demo account {name!r}; there are {', '.join(files)}")
    data = _with_times(_read(files[name]), time.time() if now is None else now)
    books = data.pop("books", {})
    for entry in data.pop("repeated", ()):
        books.setdefault(entry["path"], []).extend(_repeated(entry))
    return Account(**{**_credentials(name), **data}, exchange=files[name].parent.parent.name, books=books)


def unnamed_account(exchange: str) -> Account:
    """Return an account without anything at an exchange that is imitated for its history alone."""
    return Account(**_credentials(full_name("demo", exchange)), exchange=exchange)


@cache
def _files(exchange: str | None = None) -> dict[str, Path]:
    chosen = exchanges() if exchange is None else (exchange,)
    files = {full_name(path.stem, one): path for one in chosen for path in (_FOLDER / one / "accounts").glob("*.json")}
    return dict(sorted(files.items()))


def _credentials(name: str) -> dict[str, Any]:
    """Return credentials that nobody can mistake for real ones."""
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


def _with_times(value: Any, now: float) -> Any:
    return _mapped(value, partial(_with_time, now))


def _with_time(now: float, text: str) -> str | int:
    number = _TIME.fullmatch(text)
    if number and number[1]:
        return _moment(now, number)
    return _TIME.sub(lambda match: str(_moment(now, match)), text)


def _moment(now: float, match: re.Match[str]) -> int:
    offset = int(match[3]) * _SECONDS[match[4]] if match[3] else 0
    return int(now) + offset if match[2] == "seconds" else int(now * 1000) + offset * 1000


def _duration(text: str) -> int:
    """Read a time such as 1d as milliseconds."""
    return int(text[:-1]) * _SECONDS[text[-1]] * 1000


def _mapped(value: Any, change: Callable[[str], Any]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_mapped(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in value.items()}
    return value
