"""Every exchange that ccxt knows, without importing ccxt: its files say which there are, a table what each needs.

The table (``ccxt.csv``) was written down from ccxt 4.5.90 (id, name, credentials, site, API hosts) and is tested
against the one that is installed. An exchange that is not in it cannot be asked: nobody vouches for its hosts.
"""

import csv
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "ccxt.csv"
# Whoever holds these can do everything: no program that only reads may ask for them.
WALLET_KEYS = frozenset({"privateKey"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One exchange as ccxt describes it. ``credentials`` by ccxt's names; ``site``: its own, for people."""

    id: str
    name: str
    credentials: tuple[str, ...]
    site: str
    hosts: tuple[str, ...]

    @property
    def by_wallet(self) -> bool:
        """Whether its API takes the key of a wallet, which can never be one that only reads."""
        return bool(WALLET_KEYS & set(self.credentials))

    def facts(self) -> Mapping[str, object]:
        """Its part of the facts about an exchange, as ``config/`` writes them."""
        hosts = {"api": self.hosts, "site": (self.site,)}
        return {"id": self.id, "name": self.name, "hosts": hosts, "key": {"page": f"https://{self.site}"}}


def every() -> tuple[str, ...]:
    """The ids of all exchanges that the installed ccxt has, by its file names; none where it is not installed."""
    spec = importlib.util.find_spec("ccxt")
    folders = [] if spec is None else list(spec.submodule_search_locations or ())
    files = (file for folder in folders for file in (Path(folder) / "async_support").glob("*.py"))
    return tuple(sorted(file.stem for file in files if not file.stem.startswith("_")))


def listed(exchange: str) -> Listed | None:
    """What the table says of one exchange, None for one that it does not have."""
    return _table().get(exchange)


@cache
def _table() -> Mapping[str, Listed]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["id"]: _entry(row) for row in csv.DictReader(file)}


def _entry(row: Mapping[str, str]) -> Listed:
    return Listed(row["id"], row["name"], tuple(row["credentials"].split()), row["site"], tuple(row["hosts"].split()))
