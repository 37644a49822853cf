"""The archives into whose raw answers faults are struck: a small one of each exchange, made once a process."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from auditor import demo
from auditor.archive.finishing import Archive
from auditor.exchanges.registry import load
from auditor.spec.exchange import Exchange
from tests.archive import (
    archiving,
    binance_archiving,
    binance_rows,
    bitget_archiving,
    bybit_archiving,
    coinbase_archiving,
    gate_archiving,
    htx_archiving,
    kraken_archiving,
    krakenfutures_archiving,
    kucoin_archiving,
    mexc_archiving,
)


@dataclass(frozen=True)
class Case:
    """A small account, how it is archived, and the table that this was done with."""

    account: Callable[[], demo.Account]
    archived: Callable[..., Archive]
    table: Callable[[], Exchange]

    def make(self, to: Path, fault: demo.Fault | None = None) -> Archive:
        return self.archived(self.account(), to, fault=fault)


CASES = {
    "okx": Case(partial(archiving.told, events=60, days=6), archiving.archived, archiving.with_lists),
    "binance": Case(
        partial(binance_rows.small, 60), binance_archiving.archived, partial(binance_archiving.exchange, 65)
    ),
    "bybit": Case(partial(bybit_archiving.told, 60), bybit_archiving.archived, bybit_archiving.exchange),
    "bitget": Case(partial(bitget_archiving.told, 60), bitget_archiving.archived, bitget_archiving.exchange),
    "bitget-classic": Case(partial(bitget_archiving.classic, 60), bitget_archiving.archived, bitget_archiving.exchange),
    "coinbase": Case(partial(coinbase_archiving.told, 60), coinbase_archiving.archived, partial(load, "coinbase")),
    "gate": Case(partial(gate_archiving.told, 60), gate_archiving.archived, gate_archiving.exchange),
    "htx": Case(partial(htx_archiving.told, 60), htx_archiving.archived, htx_archiving.exchange),
    "kraken": Case(partial(kraken_archiving.told, events=60), kraken_archiving.archived, partial(load, "kraken")),
    "krakenfutures": Case(
        partial(krakenfutures_archiving.told, events=60),
        krakenfutures_archiving.archived,
        partial(load, "krakenfutures"),
    ),
    "kucoin": Case(
        partial(kucoin_archiving.told, 60),
        kucoin_archiving.archived,
        partial(kucoin_archiving.exchange, 11, whole=False),
    ),
    "mexc": Case(partial(mexc_archiving.told, 40), mexc_archiving.archived, partial(mexc_archiving.exchange, 21)),
}
