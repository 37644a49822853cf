"""Kraken: an account at the demo exchange that has nothing, and what fills it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from auditor.demo import account

MESSY = account("kraken-messy")
PRIVATE = "/0/private/"
BARE = replace(
    MESSY,
    name="bare",
    apikey="demo-bare-key",
    key={**MESSY.key, "iban": "AA00 DEMO 0000 0900"},
    books={},
)


def rows(name: str, **fields: Any) -> Sequence[dict[str, Any]]:
    """The messy account's rows at a private path that have these values."""
    found = MESSY.rows(PRIVATE + name)
    return [row for row in found if all(row.get(field) == value for field, value in fields.items())]
