"""Binance: the table of all surfaces.

Each area has a module with its surfaces and their readers. Every surface is documented (DOC) except those that only
ccxt knows (CCXT). SEEN: refusals that real accounts gave to read-only keys. No request shows the positions, orders and
plans of a trading bot: only the wallets' totals include them.
"""

from auditor.exchanges.binance.account_status import ACCOUNT_STATUS
from auditor.exchanges.binance.bots import BOTS
from auditor.exchanges.binance.conversions import CONVERSIONS
from auditor.exchanges.binance.debts import DEBTS
from auditor.exchanges.binance.earn import EARN
from auditor.exchanges.binance.earn_requests import EARN_REQUESTS
from auditor.exchanges.binance.envelope import error_code, unwrap
from auditor.exchanges.binance.errors import CLOCK_CODES, ERRORS
from auditor.exchanges.binance.fiat_flows import FIAT_FLOWS
from auditor.exchanges.binance.flows import FLOWS
from auditor.exchanges.binance.futures_wallets import FUTURES_WALLETS
from auditor.exchanges.binance.history import HISTORY
from auditor.exchanges.binance.identity import CLOCK, IDENTIFICATION, STATUS
from auditor.exchanges.binance.margin_wallets import MARGIN_WALLETS
from auditor.exchanges.binance.markets import MARKETS
from auditor.exchanges.binance.mining import MINING
from auditor.exchanges.binance.orders import ORDERS
from auditor.exchanges.binance.positions import POSITIONS
from auditor.exchanges.binance.products import PRODUCTS
from auditor.exchanges.binance.sub_accounts import SUB_ACCOUNTS
from auditor.exchanges.binance.wallet_totals import VALUATION, WALLETS_WITHOUT_REQUEST
from auditor.exchanges.binance.wallets import WALLETS
from auditor.model.records import Area
from auditor.spec.exchange import Api, Exchange

EXCHANGE = Exchange(
    id="binance",
    name="Binance",
    api=Api(
        credentials=("apiKey", "secret"),
        unwrap=unwrap,
        error_code=error_code,
        errors=ERRORS,
        clock_codes=CLOCK_CODES,
        # ccxt looks up markets' margin modes in these lists, which only its own load_markets fills.
        ccxt_options={"crossMarginPairsData": (), "isolatedMarginPairsData": ()},
    ),
    identification=IDENTIFICATION,
    clock=CLOCK,
    status=STATUS,
    surfaces=(
        PRODUCTS,
        *ACCOUNT_STATUS,
        *WALLETS,
        *MARGIN_WALLETS,
        *FUTURES_WALLETS,
        VALUATION,
        *EARN,
        *EARN_REQUESTS,
        *DEBTS,
        *ORDERS,
        *POSITIONS,
        *FLOWS,
        *FIAT_FLOWS,
        CONVERSIONS,
        WALLETS_WITHOUT_REQUEST,
        *BOTS,
        *MINING,
        *SUB_ACCOUNTS,
        *MARKETS,
    ),
    # A main account's key sees their spot, margin and futures wallets, not funding, options or portfolio margin.
    hidden_from_main=(Area.BALANCES, Area.ORDERS, Area.POSITIONS, Area.BOTS, Area.EARN, Area.DEBTS, Area.FLOWS),
    complete=True,
    history=HISTORY,
)
