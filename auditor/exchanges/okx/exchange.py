"""OKX: the table of all surfaces, for each of its sites.

Each area has a module in this package with its surfaces and their readers.
"""

from auditor.exchanges.okx.bots import BOTS
from auditor.exchanges.okx.copy_trading import COPY_TRADING
from auditor.exchanges.okx.debts import DEBTS
from auditor.exchanges.okx.earn import EARN
from auditor.exchanges.okx.envelope import error_code, unwrap
from auditor.exchanges.okx.errors import ERRORS
from auditor.exchanges.okx.flows import FLOWS
from auditor.exchanges.okx.history import HISTORY
from auditor.exchanges.okx.identity import CLOCK, IDENTIFICATION, STATUS
from auditor.exchanges.okx.ledgers import LEDGERS
from auditor.exchanges.okx.markets import MARKETS
from auditor.exchanges.okx.orders import ORDERS
from auditor.exchanges.okx.positions import POSITIONS
from auditor.exchanges.okx.sub_accounts import SUB_ACCOUNTS
from auditor.exchanges.okx.wallets import WALLETS
from auditor.model.records import Area
from auditor.spec.exchange import Api, Exchange

API = Api(
    credentials=("apiKey", "secret", "password"),
    prefix="/api/v5/",
    unwrap=unwrap,
    error_code=error_code,
    errors=ERRORS,
    clock_codes=frozenset({"50102"}),
    paper_codes={"50038": "OKX's demo trading does not have it."},
)


def okx_exchange(exchange_id: str, name: str) -> Exchange:
    """Return the exchange for one of OKX's sites: each has its own accounts and keys."""
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
            *EARN,
            *DEBTS,
            *ORDERS,
            *BOTS,
            *COPY_TRADING,
            *POSITIONS,
            *FLOWS,
            *SUB_ACCOUNTS,
            *MARKETS,
        ),
        hidden_from_main=(Area.ORDERS, Area.POSITIONS, Area.BOTS, Area.EARN, Area.DEBTS, Area.FLOWS),
        complete=True,
        history=HISTORY,
    )


EXCHANGE = okx_exchange("okx", "OKX")
