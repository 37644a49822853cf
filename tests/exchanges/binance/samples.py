"""One thing for each surface of Binance's table: the rows by which an account holds it, and nothing else.

They are the messy account's rows at the surface's own path, unless `OWN` says otherwise. A new surface fails
`test_alone.py` until that account has something there, or it stands in `HOLDS_NOTHING` or `BY_EYE` with the reason.
"""

from typing import Any

from tests.exchanges.binance.bare import MESSY
from tests.exchanges.binance.surfaces import SURFACES, path

Rows = list[dict[str, Any]]
Books = dict[str, Rows]

SUB = [{"email": "kid+one@example.org", "subUserId": "350000901", "isFreeze": False}]
MANAGED = [{"email": "run_virtual@example.net", "managersubUserId": "350000902", "isSubUserEnabled": True}]
LIST, TOTALS, SPOT = "sapi/v1/sub-account/list", "sapi/v1/asset/wallet/balance", "sapi/v3/asset/getUserAsset"


def only(name: str, value: str, field: str) -> Books:
    """The messy account's rows of a path that several surfaces share."""
    return {path(SURFACES[name]): [row for row in MESSY.rows(path(SURFACES[name])) if row[field] == value]}


OWN: dict[str, Books] = {
    "spot": {SPOT: [{"asset": "LTC", "free": "0", "locked": "0", "freeze": "0", "withdrawing": "0.00000001"}]},
    "spot-set-aside": {"sapi/v1/capital/config/getall": [{"coin": "BNB", "ipoing": "0.00000001"}]},
    "valuation": {TOTALS: [{"walletName": "Earn", "balance": "0.0021"}]},
    "wallets-without-request": {TOTALS: [{"walletName": "A wallet of the future", "balance": "0.0021"}]},
    "account-status": {"sapi/v1/account/status": [{"data": "Limited"}]},
    "api-trading-status": {"sapi/v1/account/apiTradingStatus": [{"isLocked": True}]},
    "permissions": {"api/v3/account": [{"canWithdraw": False}]},
    "fiat-deposits": only("fiat-deposits", "0", "transactionType"),
    "fiat-withdrawals": only("fiat-withdrawals", "1", "transactionType"),
    "fiat-purchases": only("fiat-purchases", "0", "transactionType"),
    "fiat-sales": only("fiat-sales", "1", "transactionType"),
    "subaccount-usd-m": {LIST: SUB, **only("subaccount-usd-m", "USD", "asset")},
    "subaccount-coin-m": {LIST: SUB, **only("subaccount-coin-m", "BTC", "asset")},
    "subaccounts": {LIST: [{**SUB[0], "isFreeze": True}]},
    "managed-subaccount-assets": {
        "sapi/v1/managed-subaccount/info": MANAGED,
        "sapi/v1/managed-subaccount/asset": MESSY.rows("sapi/v1/managed-subaccount/asset"),
    },
}
WITH: Books = {LIST: SUB}
BESIDE = {"subaccount-spot": WITH, "subaccount-margin": WITH}

HOLDS_NOTHING = {
    "products": "what is switched on",
    "lead-trader": "a role",
    **dict.fromkeys(("managed-subaccounts", "mining"), "a list of names"),
    **dict.fromkeys(("markets", "prices", "networks"), "of the exchange, not of the account"),
    **{name: "what could be done" for name in SURFACES if name.startswith("convertible-")},
}
BY_EYE = {name for name, surface in SURFACES.items() if surface.by_eye and not surface.absent} - {"lead-trader"}


def sample(name: str) -> Books:
    """The books by which an account holds something at this surface."""
    if name in OWN:
        return OWN[name]
    place = path(SURFACES[name])
    return {**BESIDE.get(name, {}), place: MESSY.rows(place)}


SAMPLES = [name for name in SURFACES if name not in {*HOLDS_NOTHING, *BY_EYE}]
