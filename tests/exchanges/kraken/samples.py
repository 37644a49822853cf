"""Kraken: one thing for each place of its table: the rows by which an account holds it, and nothing else."""

from typing import Any

from tests.exchanges.kraken.bare import BARE, PRIVATE, rows
from tests.exchanges.samples import GAP, NUMBER, Books, ExchangeSamples, Nothing, Row, Sample, ago

BALANCES, ALLOCATIONS = f"{PRIVATE}BalanceEx", f"{PRIVATE}Earn/Allocations"
DEPOSITS, WITHDRAWALS = f"{PRIVATE}DepositStatus", f"{PRIVATE}WithdrawStatus"
STRATEGY = "ESDEMO-SOL00-BONDED"
PARTS = {"total": "0.50", "bonding": "0.20", "unbonding": "0.10", "exit_queue": "0.08", "pending": "-0.05"}
LTC = {"asset": "XLTC", "balance": "0.0000000100", "hold_trade": "0.0000000000", "credit_used": "0"}
ALLOCATED = [
    {
        "strategy_id": STRATEGY,
        "native_asset": "SOL",
        "amount_allocated": {part: {"native": figure, "converted": "1"} for part, figure in PARTS.items()},
        "payout": {"accumulated_reward": {"native": "0.01", "converted": "1"}, "period_end": "2027-01-10T00:00:00Z"},
    }
]
KEPT = {ALLOCATIONS: ALLOCATED}
STRATEGY_FACTS: Books = {
    f"{PRIVATE}Earn/Strategies": [
        {"id": STRATEGY, "asset": "SOL", "lock_type": {"type": "bonded", "unbonding_period": 345600}}
    ]
}


def seconds(hours: float) -> int:
    """So many hours before these tests began, in seconds since 1970."""
    return int(ago(hours)) // 1000


def flow(path: str, aclass: str, **fields: Any) -> Sample:
    """A row of a list that is not over."""
    row: Row = {"method": "Litecoin", "aclass": aclass, "asset": "XLTC", "txid": None, "amount": "1.3700000000"}
    row |= {"refid": "QKEPT-1", "time": seconds(100), **fields}
    return Sample(path, [row], finished={**row, "refid": f"Q{NUMBER}", "status": "Success", "status-prop": "canceled"})


SAMPLES: dict[str, Sample] = {
    "spot": Sample(BALANCES, [LTC]),
    "total": Sample(f"{PRIVATE}TradeBalance", [{"eb": "0.0310", "tb": "0.0000", "m": "0.0000"}]),
    "earn-allocations": Sample(ALLOCATIONS, ALLOCATED),
    "credit-lines": Sample(f"{PRIVATE}CreditLines", rows("CreditLines")),
    "orders": Sample(f"{PRIVATE}OpenOrders", rows("OpenOrders", status="pending")),
    "positions": Sample(f"{PRIVATE}OpenPositions", rows("OpenPositions")),
    "deposits": flow(DEPOSITS, "currency", status="Settled", **{"status-prop": "return"}),
    "withdrawals": flow(WITHDRAWALS, "currency", status="Pending", **{"status-prop": "cancel-pending"}),
    "deposits-xstocks": flow(DEPOSITS, "tokenized_asset", status="Pending", **{"status-prop": "onhold"}),
    "withdrawals-xstocks": flow(WITHDRAWALS, "tokenized_asset", status="Initial", **{"status-prop": "return"}),
}
WORDS = {
    "spot": "Spot wallet holds 0.0000000100 LTC",
    "total": "spot wallet is worth 0.0310 USD",
    "earn-allocations": "0.32 SOL in Kraken Earn (bonding 0.20, pending -0.05)",
    "credit-lines": "You owe 12.5000 USD",
    "orders": "ETH/USD: sell 0.01 at 2000 (stop loss",
    "positions": "Position ETH/USD: 0.02",
    "deposits": "deposit of 1.3700000000 LTC",
    "withdrawals": "withdrawal of 1.3700000000 LTC",
    "deposits-xstocks": "deposit of 1.3700000000 LTC",
    "withdrawals-xstocks": "withdrawal of 1.3700000000 LTC",
}
MARKET_FACTS = "facts about markets, asked only when something is left"
NEVER_FUNDED = "asked only where the balances were not shown, and holds what they hold"
OPERATION = "it says only whether an operation of an allocation is under way, which holds the same"
UNFUNDED: Books = {
    BALANCES: [{"never funded": True}],
    f"{PRIVATE}Balance": [{"asset": "XLTC", "balance": "0.0000000000"}],
}
STOCK: Books = {BALANCES: [{**LTC, "asset": "TSLAx.T"}]}
HOLDS_NOTHING = {
    **{name: Nothing(MARKET_FACTS, SAMPLES["spot"].books, left=True) for name in ("markets", "prices", "networks")},
    **{f"{name}-xstocks": Nothing(MARKET_FACTS, STOCK, left=True) for name in ("markets", "prices", "networks")},
    "spot-net": Nothing(NEVER_FUNDED, UNFUNDED),
    "ledger-without-balances": Nothing(NEVER_FUNDED, UNFUNDED),
    "earn-strategies": Nothing(
        "facts about strategies, asked only when something is in one", {**KEPT, **STRATEGY_FACTS}, left=True
    ),
    "earn-allocating": Nothing(OPERATION, KEPT, left=True),
    "earn-deallocating": Nothing(OPERATION, KEPT, left=True),
}
KEYED = ("spot", "credit-lines", "orders", "positions", "markets", "prices", "networks")
STOCKS = ("markets-xstocks", "prices-xstocks", "networks-xstocks")
KEY_OF_AN_OBJECT = "it is the key of its entry, not a field"
EXACT = {"spot": {BALANCES: [{"asset": "XLTC", "balance": GAP, "hold_trade": "0.0000000000"}]}}
EXCHANGE_SAMPLES = ExchangeSamples(
    bare=BARE,
    samples=SAMPLES,
    words=WORDS,
    holds_nothing=HOLDS_NOTHING,
    totals=frozenset({"total"}),
    # No signature has a time: the date of the first answer is what those of the others are compared with.
    derived=frozenset({"key"}),
    exact=EXACT,
    not_in_answers={
        **{place: {"key": KEY_OF_AN_OBJECT} for place in (*KEYED, *STOCKS)},
        "spot-net": {"key": KEY_OF_AN_OBJECT, "amount": "it is the whole entry"},
    },
)
