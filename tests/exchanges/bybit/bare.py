"""Bybit: an account at the demo exchange that has nothing, with a key that may read everything, and what fills it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from auditor.demo import Account, account
from tests.exchanges.samples import Row

MESSY = account("bybit-messy")
UID = 71000900
BOXES = {**MESSY.key["permissions"], "FiatP2P": ["FiatP2POrder", "Advertising"]}
BROKER = {**BOXES, "FiatConvertBroker": ["FiatConvertBrokerOrder"]}
BARE = Account(
    "bare",
    apikey="demo-bare-key",
    secret="demo-bare-secret",
    exchange="bybit",
    key={**MESSY.key, "userID": UID, "permissions": BROKER},
)
CELLAR = replace(
    BARE,
    name="cellar",
    apikey="demo-cellar-key",
    secret="demo-cellar-secret",
    key={
        **BARE.key,
        "userID": 71000002,
        "isMaster": False,
        "parentUid": str(UID),
        "permissions": {name: rights for name, rights in BOXES.items() if name != "FiatP2P"},
    },
)
"""The account of the sub-account below."""
SUB: Row = {"uid": "71000002", "username": "cellar", "memberType": 1, "status": 1, "remark": "", "accountMode": 6}
KEPT = {"/v5/user/submembers": [SUB]}


def rows_with(path: str, **fields: Any) -> Sequence[Row]:
    """The messy account's rows of a path that several places share."""
    return [row for row in MESSY.rows(path) if all(row.get(name) == value for name, value in fields.items())]
