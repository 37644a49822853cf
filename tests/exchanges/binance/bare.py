"""Binance: an account at the demo exchange that has nothing, with every product switched on, and what fills it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from auditor.demo import Account, account

INFO = "sapi/v1/account/info"
EVERYTHING_ON = {
    "isMarginEnabled": True,
    "isFutureEnabled": True,
    "isOptionsEnabled": True,
    "isPortfolioMarginRetailEnabled": True,
}
BARE = Account(
    "bare",
    apikey="demo-bare-key",
    secret="demo-bare-secret",
    uid="350000900",
    main_uid="350000900",
    ip="127.0.0.1",
    exchange="binance",
    named={"mining": ("messy-pool",)},
    books={INFO: [EVERYTHING_ON]},
)
KID = replace(BARE, name="kid", apikey="demo-kid-key", secret="demo-kid-secret", uid="350000901")
MANAGED_KID = replace(KID, name="managed", apikey="demo-managed-key", uid="350000902")
"""The accounts of two sub-accounts."""
MESSY = account("binance-messy")


def with_books(books: Mapping[str, Sequence[dict[str, Any]]]) -> Account:
    return replace(BARE, books={**BARE.books, **books})
