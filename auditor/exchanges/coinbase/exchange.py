"""Coinbase: the table of all surfaces: the portfolio of the key (v3), the user's wallets (v2), futures, derivatives.

Each area has a module in this package with its surfaces and their readers. No request shows unstaking under way, loans
on a chain, recurring buys or Coinbase One: a person checks them (config/coinbase.toml).
"""

from auditor.exchanges.coinbase.breakdown import BREAKDOWNS
from auditor.exchanges.coinbase.derivatives import DERIVATIVES_PLACES
from auditor.exchanges.coinbase.envelope import error_code, unwrap
from auditor.exchanges.coinbase.errors import ERRORS
from auditor.exchanges.coinbase.flows import FLOWS
from auditor.exchanges.coinbase.history import HISTORY
from auditor.exchanges.coinbase.identity import CLOCK, IDENTIFICATION, STATUS
from auditor.exchanges.coinbase.login import LOGIN
from auditor.exchanges.coinbase.markets import MARKETS
from auditor.exchanges.coinbase.orders import ORDERS
from auditor.exchanges.coinbase.portfolios import OWN_PORTFOLIO, PORTFOLIOS
from auditor.exchanges.coinbase.unseen import RECURRING_BUYS
from auditor.exchanges.coinbase.us_futures import US_FUTURES
from auditor.exchanges.coinbase.wallets import WALLETS
from auditor.model.records import Area
from auditor.spec.exchange import Api, Exchange

EXCHANGE = Exchange(
    id="coinbase",
    name="Coinbase",
    api=Api(
        credentials=("apiKey", "secret"),
        unwrap=unwrap,
        error_code=error_code,
        errors=ERRORS,
        login=LOGIN,
        # A token is valid for two minutes.
        refuses_wrong_clocks=True,
    ),
    identification=IDENTIFICATION,
    clock=CLOCK,
    status=STATUS,
    surfaces=(
        OWN_PORTFOLIO,
        *WALLETS,
        PORTFOLIOS,
        *BREAKDOWNS,
        *ORDERS,
        *US_FUTURES,
        *FLOWS,
        *DERIVATIVES_PLACES,
        RECURRING_BUYS,
        *MARKETS,
    ),
    # Another portfolio's accounts, breakdown and orders: wallets, futures and derivatives are the user's.
    hidden_from_main=(Area.BALANCES, Area.EARN, Area.DEBTS, Area.ORDERS),
    complete=True,
    history=HISTORY,
)
