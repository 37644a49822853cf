"""Kraken Futures: one thing for each place of its table: the rows by which an account holds it, and nothing else."""

from tests.exchanges.krakenfutures.bare import BARE, MESSY, TRADING
from tests.exchanges.samples import GAP, Books, ExchangeSamples, Nothing, Row, Sample

WALLETS = f"{TRADING}accounts"
LTC = {"quantity": "0.5", "value": "40.1", "collateral": "39.2", "available": "0.5"}
NOVEL: Row = {"name": "novel", "type": "multiCollateralMarginAccount", "currencies": {"ltc": LTC}}
TOTAL: Row = {"name": "flex", "type": "multiCollateralMarginAccount", "currencies": {}, "balanceValue": "3.1"}


def messy(name: str) -> Sample:
    """The messy account's first row at a path."""
    return Sample(TRADING + name, MESSY.rows(TRADING + name)[:1])


SAMPLES: dict[str, Sample] = {
    "wallets": Sample(WALLETS, [NOVEL]),
    "totals": Sample(WALLETS, [TOTAL]),
    "orders": messy("openorders"),
    "positions": messy("openpositions"),
    "assignments": messy("assignmentprogram/current"),
    "subaccounts": messy("subaccounts"),
}
WORDS = {
    "wallets": "holds 0.5 LTC",
    "totals": "flex wallet is worth 3.1 USD",
    "orders": "PF_XBTUSD: buy 0.001 at 50000 (stop",
    "positions": "Position PF_XBTUSD: 0.002",
    "assignments": "assignment programme PF_XBTUSD",
    "subaccounts": "0.5 ETH",
}
EXACT: dict[str, Books] = {"cash": {WALLETS: [{"name": "cash", "type": "cashAccount", "balances": {"ltc": GAP}}]}}
HOLDS_NOTHING: dict[str, Nothing] = {}
BY_THE_TABLE = "the table names the wallet and its code or total, which are keys in the answer"
EXCHANGE_SAMPLES = ExchangeSamples(
    bare=BARE,
    samples=SAMPLES,
    words=WORDS,
    holds_nothing=HOLDS_NOTHING,
    totals=frozenset({"totals"}),
    # No signature has a time: the date of the first answer is what those of the others are compared with.
    derived=frozenset({"key"}),
    exact=EXACT,
    not_in_answers={
        "wallets": {"wallet": BY_THE_TABLE, "code": BY_THE_TABLE},
        "totals": dict.fromkeys(("wallet", "total", "unit", "worth"), BY_THE_TABLE),
    },
)
