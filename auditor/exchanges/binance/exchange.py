"""Binance: the table of every place that can hold something back, and who its keys belong to.

Its places stand in `auditor.exchanges.binance.table`, one module for each kind; how a row of an answer is read, in the
modules beside that. Every place is a documented read (DOC) but for those that only ccxt knows (CCXT). SEEN: what keys
that can only read were refused on real accounts. A position, order or plan in a trading bot has no request at all: the
wallets tell of it.
"""

from auditor.exchanges.binance import account
from auditor.exchanges.binance.errors import ERRORS
from auditor.exchanges.binance.table.bots import BOTS, MINING
from auditor.exchanges.binance.table.debts import DEBTS
from auditor.exchanges.binance.table.earn import EARN
from auditor.exchanges.binance.table.flows import FLOWS
from auditor.exchanges.binance.table.markets import MARKETS
from auditor.exchanges.binance.table.subaccounts import SUBACCOUNTS
from auditor.exchanges.binance.table.trades import ORDERS, POSITIONS
from auditor.exchanges.binance.table.wallets import BALANCES
from auditor.model.records import Area
from auditor.spec.surface import Exchange

EXCHANGE = Exchange(
    id="binance",
    name="Binance",
    credentials=("apiKey", "secret"),
    prefix="",
    surfaces=(
        *account.SURFACES,
        *BALANCES,
        *EARN,
        *DEBTS,
        *ORDERS,
        *POSITIONS,
        *FLOWS,
        *BOTS,
        *MINING,
        *SUBACCOUNTS,
        *MARKETS,
    ),
    identity=account.IDENTITY,
    identify=account.identify,
    rights=account.RIGHTS,
    sub_only=account.SUB_ONLY,
    clock=account.CLOCK,
    status=account.STATUS,
    ledgers=(),
    outages=account.outage,
    unwrap=account.as_it_is,
    code=account.error_code,
    errors=ERRORS,
    sandbox_codes={},
    clock_codes=frozenset({"-1021"}),
    # ccxt looks in these lists, of markets' margin modes, that only its own loading of markets fills.
    ccxt={"crossMarginPairsData": (), "isolatedMarginPairsData": ()},
    # Of its wallets a main account's key sees spot, margin and futures, not funding, options or portfolio margin.
    beyond=(Area.BALANCES, Area.ORDERS, Area.POSITIONS, Area.BOTS, Area.EARN, Area.DEBTS, Area.FLOWS),
)
