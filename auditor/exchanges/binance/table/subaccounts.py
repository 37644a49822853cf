"""Binance: what a main account's key sees of its sub-accounts."""

from typing import Any

from auditor.exchanges.binance.readers import subaccounts, wallets
from auditor.exchanges.binance.sources import DOC, SAPI, SAPI_2, SAPI_4, SEEN, sapi, uid
from auditor.exchanges.binance.table.shared import surface
from auditor.model.records import Area
from auditor.spec.fields import Field, amount, flag, text
from auditor.spec.surface import Limit, Numbered, Query, Site, Surface, listed

MAIN = frozenset({"main"})
# What their list answers and what the rest do; -9000 means other things elsewhere.
OFF = "Sub-accounts are not switched on for this account."
NO_LIST, NO_SUBACCOUNTS = {"-8012": OFF}, dict.fromkeys(("-8012", "-9000"), OFF)


def _of_subaccounts(name: str, title: str, site: Site, path: str, limit: Limit, *proves: Field, **more: Any) -> Surface:
    absent = more.pop("absent", NO_SUBACCOUNTS)
    return surface(name, title, site, path, limit, *proves, area=Area.SUBACCOUNTS, kinds=MAIN, absent=absent, **more)


SUMMARY = Numbered(number="page", limit="limit", size=20, total=None)
SUBACCOUNTS = (
    _of_subaccounts(
        "subaccounts",
        "Sub-accounts",
        SAPI,
        "sub-account/list",
        sapi(1),
        *(text("email"), text("subUserId"), flag("isFreeze")),
        paging=Numbered(number="page", limit="limit", size=200, total=None),
        rows=listed("subAccounts"),
        read=subaccounts.sub_account,
        absent=NO_LIST,
        source=f"{DOC}, Sub-account, Query Sub-account List; the code: {SEEN}",
    ),
    _of_subaccounts(
        "subaccount-spot",
        "Sub-account: spot wallet",
        SAPI_4,
        "sub-account/assets",
        uid(60),
        *wallets.ASSET,
        rows=listed("balances"),
        read=wallets.wallet("spot"),
        after=("subaccounts",),
        plan=subaccounts.each_of("subaccounts"),
    ),
    _of_subaccounts(
        "subaccount-margin",
        "Sub-accounts: margin wallets",
        SAPI,
        "sub-account/margin/accountSummary",
        sapi(10),
        *(text("email"), amount("totalAssetOfBtc"), amount("totalLiabilityOfBtc")),
        rows=listed("subAccountList"),
        read=subaccounts.worth("margin", "BTC", "totalAssetOfBtc", "totalLiabilityOfBtc"),
    ),
    *(
        _of_subaccounts(
            f"subaccount-{name}",
            f"Sub-accounts: {title} wallets",
            SAPI_2,
            "sub-account/futures/accountSummary",
            sapi(10),
            *(text("email"), amount("totalMarginBalance"), amount("totalWalletBalance")),
            queries=(Query(params={"futuresType": kind}),),
            paging=SUMMARY,
            rows=subaccounts.summary(answer),
            read=subaccounts.worth(name, asset, "totalMarginBalance", "totalWalletBalance"),
        )
        for name, title, kind, answer, asset in (
            ("usd-m", "USD-M futures", "1", "futureAccountSummaryResp", "USD"),
            ("coin-m", "COIN-M futures", "2", "deliveryAccountSummaryResp", "BTC"),
        )
    ),
    # Documented for investors with managed sub-accounts only, so a refusal says nothing about others.
    _of_subaccounts(
        "managed-subaccounts",
        "Managed sub-accounts",
        SAPI,
        "managed-subaccount/info",
        uid(60),
        *(text("email"), text("managersubUserId")),
        paging=Numbered(number="page", limit="limit", size=20, total=None),
        rows=listed("managerSubUserInfoVoList"),
        read=subaccounts.managed,
        some=True,
    ),
    _of_subaccounts(
        "managed-subaccount-assets",
        "Managed sub-account: assets",
        SAPI,
        "managed-subaccount/asset",
        sapi(1),
        *subaccounts.MANAGED,
        read=subaccounts.managed_asset,
        after=("managed-subaccounts",),
        plan=subaccounts.each_managed,
    ),
)
