"""Coinbase: one thing for each place of its table: the rows by which an account holds it, and nothing else.

Most rows are those of the demo's messy account, at the place's own path.
"""

from collections.abc import Sequence
from typing import Any

from tests.exchanges.coinbase.bare import BARE, MESSY
from tests.exchanges.samples import GAP, NUMBER, Books, ExchangeSamples, Nothing, Row, Sample

BROKERAGE, GATEWAY, WALLETS = "/api/v3/brokerage/", "/api/v2/private/", "/v2/accounts"
IN_A_WALLET = f"{WALLETS}/{{account_id}}/"
BREAKDOWN, ACCOUNTS = f"{BROKERAGE}portfolios/{{portfolio_uuid}}", f"{BROKERAGE}accounts"
OWED = ("ACCOUNT_TYPE_DEFI_BORROW_COLLATERAL", "ACCOUNT_TYPE_CLAWBACK_DEBT")


def held(path: str, rows: Sequence[Row] = (), **more: Any) -> Sample:
    """These rows, or the messy account's."""
    return Sample(path, rows or MESSY.rows(path), **more)


def only(path: str, number: str, value: str) -> list[Row]:
    """The one row of the messy account's with this id."""
    return [row for row in MESSY.rows(path) if row.get(number) == value]


def in_the_wallet(row: Row) -> Row:
    """The same row in the dollar wallet of the bare account."""
    return {**row, "@account": "demo-2"}


def under_way(name: str, number: str, over: Row) -> Sample:
    """The row of a wallet's list with this id. ``over``: what a row has otherwise that is over."""
    path = IN_A_WALLET + name
    (row,) = map(in_the_wallet, only(path, "id", number))
    return Sample(path, [row], finished={**row, "id": NUMBER, **over})


def account_of(currency: str, available: str, hold: str = "0") -> Row:
    money = {"currency": currency}
    return {
        **MESSY.rows(ACCOUNTS)[0],
        "uuid": f"demo-{currency.lower()}",
        "currency": currency,
        "available_balance": {**money, "value": available},
        "hold": {**money, "value": hold},
    }


def wallet_of(currency: str, figure: str) -> Row:
    balance = {"amount": figure, "currency": currency}
    return {**MESSY.rows(WALLETS)[0], "id": f"demo-{currency.lower()}", "currency": currency, "balance": balance}


UNNAMED: Row = {**MESSY.rows(f"{BROKERAGE}orders/historical/batch")[0], "status": "UNKNOWN_ORDER_STATUS"}
SAMPLES: dict[str, Sample] = {
    "accounts": held(ACCOUNTS, [account_of("LTC", "0", "0.00000001")]),
    "wallets": held(WALLETS, [wallet_of("LTC", "0.00000001")]),
    "breakdown": held(
        BREAKDOWN, [*only(BREAKDOWN, "asset", "ETH"), *(row for row in MESSY.rows(BREAKDOWN) if "@list" in row)]
    ),
    "breakdown-loans": held(BREAKDOWN, only(BREAKDOWN, "account_type", OWED[1])),
    "orders": held(
        f"{BROKERAGE}orders/historical/batch", only(f"{BROKERAGE}orders/historical/batch", "order_id", "demo-order-4")
    ),
    "orders-unnamed": held(f"{BROKERAGE}orders/historical/batch", [UNNAMED]),
    "us-futures": held(f"{BROKERAGE}cfm/balance_summary"),
    "us-futures-positions": held(f"{BROKERAGE}cfm/positions"),
    "us-futures-sweeps": held(f"{BROKERAGE}cfm/sweeps"),
    "transactions": under_way("transactions", "demo-tx-4", {"status": "completed"}),
    "fiat-deposits": under_way("deposits", "demo-dep-1", {"status": "completed", "payout_at": "2026-11-02T00:00:00Z"}),
    "fiat-withdrawals": under_way("withdrawals", "demo-wd-1", {"status": "canceled"}),
    "derivatives": held(f"{GATEWAY}get_account_summaries", only(f"{GATEWAY}get_account_summaries", "currency", "USDC")),
    "derivatives-subaccounts": held(f"{GATEWAY}get_subaccounts"),
    "derivatives-positions": held(f"{GATEWAY}get_positions"),
    "derivatives-orders": held(f"{GATEWAY}get_open_orders"),
    "derivatives-locks": held(f"{GATEWAY}get_user_locks", only(f"{GATEWAY}get_user_locks", "currency", "USDC")),
}
LEFT: Books = {ACCOUNTS: [account_of("LTC", "0.05")]}
HOLDS_NOTHING = {
    "own-portfolio": Nothing("which portfolio the key belongs to"),
    "portfolios": Nothing("a list of names: each of the others is read with its own key"),
    "markets": Nothing("of the exchange, not of the account; asked only when something is left", LEFT, left=True),
}
EXACT: dict[str, Books] = {"portfolio": {ACCOUNTS: [account_of("LTC", GAP)]}}
WORDS = {
    "accounts": "Portfolio account holds 0.00000001 LTC",
    "wallets": "Wallet or vault holds 0.00000001 LTC",
    "breakdown": "1.2500001 ETH in Staking",
    "breakdown-loans": "You owe 25.5 USDC",
    "orders": "ETH-USD: buy 0.0001 at 40000 (limit), queued",
    "orders-unnamed": "BTC-USD: buy 0.0001 at 40000 (limit)",
    "us-futures": "US futures account holds 3 USD",
    "us-futures-positions": "Position BIT-26DEC26-CDE: 2, long, US future",
    "us-futures-sweeps": "transfer out of US futures of 1.5 USD",
    "transactions": "conversion of 0.003 BTC",
    "fiat-deposits": "deposit of 40.00 USD",
    "fiat-withdrawals": "withdrawal of 12.00 USD",
    "derivatives": "Derivatives account holds 31.5 USDC",
    "derivatives-subaccounts": "Derivatives sub-account holds 2.25 USDC",
    "derivatives-positions": "Position BTC-PERPETUAL: 50, long, international derivative",
    "derivatives-orders": "BTC-PERPETUAL: sell 50 (stop market), waiting for its trigger",
    "derivatives-locks": "USDC is locked at derivatives",
}
EXCHANGE_SAMPLES = ExchangeSamples(
    bare=BARE,
    samples=SAMPLES,
    words=WORDS,
    holds_nothing=HOLDS_NOTHING,
    derived=frozenset({"breakdown", "breakdown-loans"}),
    wider={"can_trade": True},
    exact=EXACT,
)
