"""Kraken: the table of all surfaces of its spot site, with margin trading and Earn.

Each area has a module with its surfaces and their readers. Kraken Futures has keys and a table of its own; sub-accounts
are shown by no request.
"""

from auditor.exchanges.kraken.debts import DEBTS
from auditor.exchanges.kraken.earn import EARN
from auditor.exchanges.kraken.envelope import error_code, unwrap
from auditor.exchanges.kraken.errors import ERRORS
from auditor.exchanges.kraken.flows import FLOWS
from auditor.exchanges.kraken.history import HISTORY
from auditor.exchanges.kraken.identity import CLOCK, IDENTIFICATION, STATUS
from auditor.exchanges.kraken.ledgers import LEDGERS
from auditor.exchanges.kraken.markets import MARKETS
from auditor.exchanges.kraken.orders import ORDERS
from auditor.exchanges.kraken.positions import POSITIONS
from auditor.exchanges.kraken.strategies import STRATEGIES
from auditor.exchanges.kraken.unseen import UNSEEN
from auditor.exchanges.kraken.wallets import WALLETS
from auditor.exchanges.kraken.xstocks import XSTOCKS
from auditor.spec.exchange import Api, Exchange

EXCHANGE = Exchange(
    id="kraken",
    name="Kraken",
    api=Api(
        credentials=("apiKey", "secret"),
        unwrap=unwrap,
        error_code=error_code,
        errors=ERRORS,
        in_order=True,
    ),
    identification=IDENTIFICATION,
    clock=CLOCK,
    status=STATUS,
    ledgers=LEDGERS,
    surfaces=(*WALLETS, *EARN, STRATEGIES, *DEBTS, *ORDERS, *POSITIONS, *FLOWS, *UNSEEN, *MARKETS, *XSTOCKS),
    complete=True,
    history=HISTORY,
)
