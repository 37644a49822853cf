"""Every exchange that ccxt knows, without importing ccxt: ids from its file names, facts from a table.

The table (``ccxt.csv``) was taken from ccxt 4.5.90 (id, name, credentials, site, API hosts) and is tested against the
installed version. An exchange that is not in it cannot be audited: its hosts are not verified.
"""

import csv
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "ccxt.csv"
# These allow everything, so a read-only program must not ask for them.
WALLET_KEYS = frozenset({"privateKey"})


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One exchange as ccxt describes it.

    ``credentials``: by ccxt's names; ``site``: its website.
    """

    id: str
    name: str
    credentials: tuple[str, ...]
    site: str
    hosts: tuple[str, ...]

    @property
    def needs_wallet_key(self) -> bool:
        """Whether its API needs the key of a wallet, which can never be read-only."""
        return bool(WALLET_KEYS & set(self.credentials))

    def facts(self) -> Mapping[str, object]:
        """Return its part of the facts about an exchange, in the format of ``config/``."""
        hosts = {"api": self.hosts, "site": (self.site,)}
        return {"id": self.id, "name": self.name, "hosts": hosts, "key": {"page": f"https://{self.site}"}}


def ccxt_ids() -> tuple[str, ...]:
    """Return the ids of all exchanges of the installed ccxt, by its file names.

    None if it is not installed.
    """
    spec = importlib.util.find_spec("ccxt")
    folders = [] if spec is None else list(spec.submodule_search_locations or ())
    files = (file for folder in folders for file in (Path(folder) / "async_support").glob("*.py"))
    return tuple(sorted(file.stem for file in files if not file.stem.startswith("_")))


def catalogue_entry(exchange: str) -> CatalogueEntry | None:
    """Return the table's entry of one exchange, None for one that it does not have."""
    return _table().get(exchange)


@cache
def _table() -> Mapping[str, CatalogueEntry]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["id"]: _entry(row) for row in csv.DictReader(file)}


def _entry(row: Mapping[str, str]) -> CatalogueEntry:
    return CatalogueEntry(
        row["id"], row["name"], tuple(row["credentials"].split()), row["site"], tuple(row["hosts"].split())
    )
