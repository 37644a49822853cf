"""KuCoin: the table of all surfaces, of classic and unified accounts, on the spot and the futures host.

Each area has a module with its surfaces and their readers. Places for which no page says that a key with General alone
is answered are looked at by eye where KuCoin refuses them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from auditor.exchanges.kucoin.account_mode import ACCOUNT_MODE
from auditor.exchanges.kucoin.classic_places import settle_refusals
from auditor.exchanges.kucoin.debts import DEBTS
from auditor.exchanges.kucoin.earn import EARN
from auditor.exchanges.kucoin.envelope import error_code, unwrap
from auditor.exchanges.kucoin.errors import CLOCK_CODES, ERRORS
from auditor.exchanges.kucoin.flows import FLOWS
from auditor.exchanges.kucoin.futures_wallets import FUTURES_WALLETS
from auditor.exchanges.kucoin.history import HISTORY
from auditor.exchanges.kucoin.identity import CLOCK, IDENTIFICATION, STATUS
from auditor.exchanges.kucoin.ledgers import LEDGERS
from auditor.exchanges.kucoin.margin_orders import MARGIN_ORDERS
from auditor.exchanges.kucoin.margin_wallets import MARGIN_DEBTS, MARGIN_WALLETS
from auditor.exchanges.kucoin.markets import MARKETS
from auditor.exchanges.kucoin.orders import ORDERS
from auditor.exchanges.kucoin.positions import POSITIONS
from auditor.exchanges.kucoin.sub_accounts import BOTS, SUB_ACCOUNTS
from auditor.exchanges.kucoin.unified_account import UNIFIED_ACCOUNT, UNIFIED_DEBTS
from auditor.exchanges.kucoin.unified_orders import UNIFIED_ORDERS
from auditor.exchanges.kucoin.wallets import WALLETS
from auditor.exchanges.kucoin.whole_sub_accounts import WHOLE_ACCOUNT
from auditor.model.records import Area
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Api, Exchange

_ALL = (
    ACCOUNT_MODE,
    *WALLETS,
    *MARGIN_WALLETS,
    *FUTURES_WALLETS,
    *UNIFIED_ACCOUNT,
    *EARN,
    *MARGIN_DEBTS,
    UNIFIED_DEBTS,
    *DEBTS,
    *ORDERS,
    *MARGIN_ORDERS,
    *UNIFIED_ORDERS,
    *POSITIONS,
    *FLOWS,
    BOTS,
    *SUB_ACCOUNTS,
    WHOLE_ACCOUNT,
    *MARKETS,
)
SURFACES = tuple(replace(surface, right="General") for surface in _ALL)
_LOOKUPS = (CLOCK.endpoint, STATUS.endpoint, *IDENTIFICATION.endpoints(), *(one.endpoint for one in LEDGERS))


def path_versions(endpoints: Iterable[Endpoint | None]) -> Mapping[str, object]:
    """Return what stands between ``/api/`` and each path, by ccxt's section: ccxt's signing puts it there."""
    versions: dict[str, dict[str, dict[str, str]]] = {}
    for endpoint in endpoints:
        if endpoint is not None and endpoint.site is not None:
            by_path = versions.setdefault(endpoint.site.section, {}).setdefault(endpoint.method, {})
            by_path[endpoint.path] = endpoint.site.prefix.removeprefix("/api/").rstrip("/")
    return versions


def kucoin_exchange(exchange_id: str, name: str) -> Exchange:
    """Return the exchange under one of ccxt's ids: they share accounts and keys."""
    return Exchange(
        id=exchange_id,
        name=name,
        api=Api(
            credentials=("apiKey", "secret", "password"),
            unwrap=unwrap,
            error_code=error_code,
            errors=ERRORS,
            clock_codes=CLOCK_CODES,
            ccxt_options={
                "versions": path_versions(
                    (*_LOOKUPS, *(surface.endpoint for surface in SURFACES), *HISTORY.endpoints())
                )
            },
        ),
        identification=IDENTIFICATION,
        clock=CLOCK,
        status=STATUS,
        ledgers=LEDGERS,
        surfaces=SURFACES,
        # A main account's key sees their wallets and futures accounts, and trading bots, which are sub-accounts.
        hidden_from_main=(Area.ORDERS, Area.POSITIONS, Area.EARN, Area.DEBTS, Area.FLOWS),
        complete=True,
        settle=settle_refusals,
        history=HISTORY,
    )


EXCHANGE = kucoin_exchange("kucoin", "KuCoin")
