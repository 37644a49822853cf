"""Kraken Futures: the table of all surfaces. Its keys and accounts are not those of Kraken's spot site."""

from auditor.exchanges.krakenfutures.envelope import error_code, unwrap
from auditor.exchanges.krakenfutures.errors import ERRORS
from auditor.exchanges.krakenfutures.history import HISTORY_OF_FUTURES
from auditor.exchanges.krakenfutures.identity import CLOCK, IDENTIFICATION, STATUS
from auditor.exchanges.krakenfutures.ledgers import LEDGERS
from auditor.exchanges.krakenfutures.sources import SIGNED
from auditor.exchanges.krakenfutures.sub_accounts import SUB_ACCOUNTS
from auditor.exchanges.krakenfutures.trading import ASSIGNMENTS, ORDERS, POSITIONS
from auditor.exchanges.krakenfutures.unseen import UNSEEN
from auditor.exchanges.krakenfutures.wallets import WALLETS
from auditor.model.records import Area
from auditor.spec.exchange import Api, Exchange

EXCHANGE = Exchange(
    id="krakenfutures",
    name="Kraken Futures",
    api=Api(
        credentials=("apiKey", "secret"),
        unwrap=unwrap,
        error_code=error_code,
        errors=ERRORS,
        ccxt_options=SIGNED,
    ),
    identification=IDENTIFICATION,
    clock=CLOCK,
    status=STATUS,
    ledgers=LEDGERS,
    surfaces=(*WALLETS, ORDERS, POSITIONS, ASSIGNMENTS, *SUB_ACCOUNTS, *UNSEEN),
    hidden_from_main=(Area.ORDERS, Area.POSITIONS, Area.BOTS),
    complete=True,
    history=HISTORY_OF_FUTURES,
)
