"""OKX: its sub-accounts, as the key of their main account sees them."""

from auditor.exchanges.okx.readers import subaccounts, wallets
from auditor.exchanges.okx.sources import DOC
from auditor.exchanges.okx.table.shared import TIME
from auditor.exchanges.okx.table.wallets import BALANCES
from auditor.model.records import Area
from auditor.spec.fields import flag, text, texts, time
from auditor.spec.surface import Limit, Query, Surface, within

MAIN = frozenset({"main"})
SUBACCOUNTS = (
    Surface(
        id="subaccounts",
        area=Area.SUBACCOUNTS,
        title="Sub-accounts",
        path="users/subaccount/list",
        limit=Limit(20, 2),
        queries=(Query(params={"enable": "true"}), Query(params={"enable": "false"})),
        paging=TIME,
        proves=(text("subAcct"), text("uid"), flag("enable"), texts("frozenFunc"), time("ts")),
        read=subaccounts.sub_account,
        kinds=MAIN,
        source=f"{DOC}, Sub-account, Get sub-account list",
    ),
    *(
        Surface(
            id=f"subaccount-{name}",
            area=Area.SUBACCOUNTS,
            title=f"Sub-account: {title}",
            path=path,
            limit=limit,
            rows=shape,
            proves=proves,
            read=read,
            after=("subaccounts",),
            plan=subaccounts.each_subaccount,
            kinds=MAIN,
            source=f"{DOC}, Sub-account, {title}",
        )
        for name, title, path, limit, shape, proves, read in (
            (
                "funding",
                "funding wallet",
                "asset/subaccount/balances",
                Limit(6, 2),
                BALANCES[0].rows,
                BALANCES[0].proves,
                wallets.funding,
            ),
            (
                "trading",
                "trading wallet",
                "account/subaccount/balances",
                Limit(6, 2),
                within("details"),
                wallets.TRADING_FIELDS,
                wallets.trading,
            ),
            (
                "keys",
                "remaining API keys",
                "users/subaccount/apikey",
                Limit(20, 2),
                BALANCES[0].rows,
                (text("label"),),
                subaccounts.api_key,
            ),
        )
    ),
)
