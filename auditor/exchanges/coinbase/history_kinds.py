"""Coinbase: what each type of a transaction is called here, and where its other half is.

Source: Coinbase App API, Track, Transactions (docs.cdp.coinbase.com, 2026), which names 29 types and says that there
may be more; the others were seen on real accounts between 2021 and 2026.
"""

from collections.abc import Mapping
from decimal import Decimal

from auditor.i18n import mark
from auditor.model.amounts import ZERO

STAKING, ELSEWHERE, FUTURES, DERIVATIVES, EXCHANGE = "staking", "elsewhere", "us-futures", "derivatives", "exchange"
OTHERS: Mapping[str, str] = {
    STAKING: mark("Staking, in a wallet that Coinbase does not list"),
    ELSEWHERE: mark("Another portfolio, or a wallet that Coinbase does not list"),
    FUTURES: mark("Futures in the United States"),
    DERIVATIVES: mark("International derivatives"),
    EXCHANGE: mark("Coinbase Pro or Coinbase Exchange"),
}
"""What keeps its own changes, of which no list here has any."""
OUTSIDE: Mapping[str, str] = {
    "derivatives_settlement": FUTURES,
    # Dollars for the margin of a trade in futures, or for a loss there.
    "fcm_futures_usdc_sell": FUTURES,
    "fcm_futures_usdc_sell_additional_encumberment_rollup": FUTURES,
    "intx_deposit": DERIVATIVES,
    "intx_withdrawal": DERIVATIVES,
    "exchange_deposit": EXCHANGE,
    "exchange_withdrawal": EXCHANGE,
    "pro_deposit": EXCHANGE,
    "pro_withdrawal": EXCHANGE,
}
"""What keeps changes of its own that a row is due to: its other half, or what it was sold for."""
HALVES: Mapping[str, str] = {
    "staking_transfer": STAKING,
    "unstaking_transfer": STAKING,
    "transfer": ELSEWHERE,
    "vault_withdrawal": ELSEWHERE,
}
"""Where the other half of a row is unless a wallet that Coinbase lists has it."""
CONVERSION = "trade"
_IN_AND_OUT: Mapping[str, tuple[str, str]] = {
    "send": ("deposit", "withdrawal"),
    "receive": ("deposit", "withdrawal"),
    "request": ("deposit", "withdrawal"),
    "unsupported_asset_recovery": ("deposit", "withdrawal"),
}
"""Types of rows that come in or go out, by the sign of their amount."""
KINDS: Mapping[str, str] = {
    "advanced_trade_fill": "trade",
    "buy": "trade",
    "sell": "trade",
    CONVERSION: "conversion",
    "wrap_asset": "conversion",
    "unwrap_asset": "conversion",
    "retail_simple_dust": "conversion",
    "retail_eth2_deprecation": "conversion",
    "fcm_futures_usdc_sell": "conversion",
    "fcm_futures_usdc_sell_additional_encumberment_rollup": "conversion",
    "fiat_deposit": "fiat",
    "fiat_withdrawal": "fiat",
    "cardspend": "fiat",
    "cardbuyback": "fiat",
    "staking_transfer": "earn_in",
    "unstaking_transfer": "earn_out",
    "retail_instant_unstaking": "earn_out",
    "staking_reward": "reward",
    "inflation_reward": "reward",
    "earn_payout": "reward",
    "incentives_rewards_payout": "reward",
    "interest": "interest",
    "subscription": "fee",
    "subscription_rebate": "rebate",
    "transfer": "transfer",
    "vault_withdrawal": "transfer",
    "intx_deposit": "transfer",
    "intx_withdrawal": "transfer",
    "exchange_deposit": "transfer",
    "exchange_withdrawal": "transfer",
    "pro_deposit": "transfer",
    "pro_withdrawal": "transfer",
    "derivatives_settlement": "settlement",
    "clawback": "adjustment",
    "incentives_shared_clawback": "adjustment",
    "retail_simple_price_improvement": "adjustment",
    # Coinbase's own word for what it does not sort.
    "tx": "other",
}


def kind_of(code: str, amount: Decimal) -> str:
    """Return what a row of a type is called here; "other" for a type without a name."""
    both = _IN_AND_OUT.get(code)
    if both is None:
        return KINDS.get(code, "other")
    return both[amount < ZERO]


def is_named(code: str) -> bool:
    """Return whether a type has a name here."""
    return code in KINDS or code in _IN_AND_OUT
