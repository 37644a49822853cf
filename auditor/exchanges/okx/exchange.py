"""OKX: the table of every place that can hold something back, and who its keys belong to.

Its places stand in `auditor.exchanges.okx.table`, one module for each kind; how a row of an answer is read, in the
modules beside that. Sources named in the rows: DOC is OKX's API v5 documentation as copied in June 2026, DOC25 as
copied in April 2025, ATK OKX's own agent-trade-kit of April 2026. CCXT marks paths that only ccxt 4.5.90 knows: asked,
never relied on.
"""

from auditor.exchanges.okx import account
from auditor.exchanges.okx.errors import ERRORS
from auditor.exchanges.okx.table.bots import BOTS
from auditor.exchanges.okx.table.debts import DEBTS
from auditor.exchanges.okx.table.earn import EARN
from auditor.exchanges.okx.table.flows import FLOWS
from auditor.exchanges.okx.table.markets import MARKETS
from auditor.exchanges.okx.table.subaccounts import SUBACCOUNTS
from auditor.exchanges.okx.table.trades import ORDERS, POSITIONS
from auditor.exchanges.okx.table.wallets import BALANCES
from auditor.model.records import Area
from auditor.spec.surface import Exchange


def table(exchange_id: str, name: str) -> Exchange:
    """OKX's table for one of its sites."""
    return Exchange(
        id=exchange_id,
        name=name,
        credentials=("apiKey", "secret", "password"),
        prefix="/api/v5/",
        surfaces=(*BALANCES, *EARN, *DEBTS, *ORDERS, *BOTS, *POSITIONS, *FLOWS, *SUBACCOUNTS, *MARKETS),
        identity=account.IDENTITY,
        identify=account.identify,
        clock=account.CLOCK,
        status=account.STATUS,
        ledgers=account.LEDGERS,
        outages=account.outage,
        unwrap=account.data,
        code=account.error_code,
        errors=ERRORS,
        paper=True,
        sandbox_codes={"50038": "OKX's demo trading does not have it."},
        beyond=(Area.ORDERS, Area.POSITIONS, Area.BOTS, Area.EARN, Area.DEBTS, Area.FLOWS),
    )


EXCHANGE = table("okx", "OKX")
