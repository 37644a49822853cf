"""Bybit: the table of all surfaces, for each of its sites.

Each area has a module in this package with its surfaces and their readers. What no request shows (Launchpool, Shark
Fin, bots one by one, copy trading, TradFi, Pay Later, the card, recurring buys) is a line to look at by eye.
"""

from auditor.exchanges.bybit.advanced_earn import ADVANCED_EARN
from auditor.exchanges.bybit.bots import BOTS
from auditor.exchanges.bybit.conversions import EXCHANGED
from auditor.exchanges.bybit.debts import DEBTS
from auditor.exchanges.bybit.earn import EASY_EARN, FIXED_TERM
from auditor.exchanges.bybit.envelope import error_code, unwrap
from auditor.exchanges.bybit.errors import CLOCK_CODES, ERRORS
from auditor.exchanges.bybit.flows import FLOWS
from auditor.exchanges.bybit.history import HISTORY
from auditor.exchanges.bybit.identity import CLOCK, IDENTIFICATION, STATUS
from auditor.exchanges.bybit.ledgers import LEDGERS
from auditor.exchanges.bybit.liquidity_mining import LIQUIDITY_MINING
from auditor.exchanges.bybit.loans import LOANS
from auditor.exchanges.bybit.markets import MARKETS
from auditor.exchanges.bybit.on_chain import ON_CHAIN
from auditor.exchanges.bybit.on_chain_orders import ON_CHAIN_ORDERS
from auditor.exchanges.bybit.orders import ORDERS
from auditor.exchanges.bybit.overview import OVERVIEW
from auditor.exchanges.bybit.positions import POSITIONS
from auditor.exchanges.bybit.regional import at_regional_site
from auditor.exchanges.bybit.sub_accounts import SUB_ACCOUNTS
from auditor.exchanges.bybit.tokenised import RWA, TOKENS
from auditor.exchanges.bybit.wallets import WALLETS
from auditor.exchanges.bybit.wealth import WEALTH_MANAGEMENT
from auditor.model.records import Area
from auditor.spec.exchange import Api, Exchange

API = Api(
    credentials=("apiKey", "secret"),
    unwrap=unwrap,
    error_code=error_code,
    errors=ERRORS,
    clock_codes=CLOCK_CODES,
    # ccxt signs them as before 2023; the newer signature has no path in it.
    signed_like={"fht/": "v5/"},
)


def bybit_exchange(exchange_id: str, name: str) -> Exchange:
    """Return the exchange for one of Bybit's sites: each has its own accounts and keys."""
    return Exchange(
        id=exchange_id,
        name=name,
        api=API,
        identification=IDENTIFICATION,
        clock=CLOCK,
        status=STATUS,
        ledgers=LEDGERS,
        surfaces=(
            *WALLETS,
            OVERVIEW,
            *ON_CHAIN,
            *ON_CHAIN_ORDERS,
            *EASY_EARN,
            *FIXED_TERM,
            *ADVANCED_EARN,
            *LIQUIDITY_MINING,
            *TOKENS,
            *RWA,
            *WEALTH_MANAGEMENT,
            *DEBTS,
            *LOANS,
            *ORDERS,
            *POSITIONS,
            *BOTS,
            *FLOWS,
            *EXCHANGED,
            *SUB_ACCOUNTS,
            *MARKETS,
        ),
        # A main account's key sees their money, not what they trade, owe or have under way.
        hidden_from_main=(Area.ORDERS, Area.POSITIONS, Area.BOTS, Area.EARN, Area.DEBTS, Area.FLOWS),
        complete=True,
        history=HISTORY,
    )


def regional_exchange(exchange_id: str, name: str) -> Exchange:
    """Return the exchange for a regional site, which does not serve all of it."""
    return at_regional_site(bybit_exchange(exchange_id, name))


EXCHANGE = bybit_exchange("bybit", "Bybit")
