"""Binance in the campaign: its clean account and those that hold one thing, and how it words what goes wrong."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from auditor.demo import Account, Fault, Reply
from auditor.exchanges.binance.readers.rows import one_or_many, some
from auditor.exchanges.binance.readers.wallets import NAMES
from auditor.spec.surface import Surface, whole
from tests.exchanges.binance.bare import BARE, with_books
from tests.exchanges.binance.samples import HOLDS_NOTHING, LIST, MANAGED, SAMPLES, SPOT, SUB, sample
from tests.exchanges.binance.surfaces import EXCHANGE, SURFACES, asked_by, path
from tests.exchanges.okx.samples import ago
from tests.fault_injection.answers import Answer, Edits, Words, nan

__all__ = ["EXCHANGE", "WORDS", "accounts", "data_of", "is_its_own", "is_the_one", "only_at", "with_data"]
Row = Mapping[str, Any]
LEFT = {SPOT: [{"asset": "LTC", "free": "0.7", "locked": "0", "freeze": "0", "withdrawing": "0"}]}
OVER = {
    **{name: ("status", "SUCCESS") for name in SURFACES if name.endswith(("-redemptions", "-subscriptions"))},
    **{f"fiat-{kind}": ("status", "Successful") for kind in ("deposits", "withdrawals", "purchases", "sales")},
    "dual-investment": ("purchaseStatus", "SETTLED"),
    "vip-loan-requests": ("status", "Repaid"),
    "deposits": ("status", 1),
    "withdrawals": ("status", 6),
    "travel-rule-deposits": ("depositStatus", 1),
    "travel-rule-withdrawals": ("withdrawalStatus", 6),
    "p2p": ("orderStatus", "COMPLETED"),
}
"""The field that says that a row of a history is over, and how."""
NUMBERS = ("id", "depositId", "orderNo", "orderNumber", "redeemId", "purchaseId", "requestId", "orderId", "asset")
TIMES = {"time", "insertTime", "applyTime", "createTime", "loanDate"}
NOT_WAITING = {"requireQuestionnaire": False, "travelRuleStatus": 0}


def only_at(surface: Surface, answer: Answer) -> Fault:
    """The fault that strikes this surface's requests. Whose a key is and what it permits is one request."""
    same = {one.id for one in EXCHANGE.all() if (one.endpoint, one.queries) == (surface.endpoint, surface.queries)}
    at = path(surface)
    return lambda call: answer(call) if call.path == at and asked_by(call) in same else None


def accounts(surface: str, *, holding: bool) -> tuple[Account, ...] | None:
    """The account to audit; None where the surface is not asked of such an account at all."""
    if surface in SAMPLES:
        return (with_books(_held(surface) if holding else _beside(surface)),)
    if surface in HOLDS_NOTHING and SURFACES[surface].plan is not None:
        left = sample("cross-margin") if surface.startswith("convertible-cross") else LEFT
        return (with_books(left),) if holding else None
    return None if holding else (BARE,)


def _held(surface: str) -> dict[str, Any]:
    books = sample(surface)
    at = path(SURFACES[surface])
    return {**books, at: [*_finished(surface), *_ones(surface)]} if surface in OVER else books


def _beside(surface: str) -> dict[str, Any]:
    """What a clean account must have for this surface to be asked, and what is over."""
    if surface == "managed-subaccount-assets":
        return {"sapi/v1/managed-subaccount/info": MANAGED}
    if surface.startswith("subaccount"):
        return {LIST: SUB}
    return {path(SURFACES[surface]): _finished(surface)} if surface in OVER else {}


def _ones(surface: str) -> list[dict[str, Any]]:
    """What is not over, in the account that holds it, and older than whatever is."""
    field, over = OVER[surface]
    rows = [row for row in sample(surface)[path(SURFACES[surface])] if row[field] != over]
    return [{name: ago(150) if name in TIMES else value for name, value in row.items()} for row in rows[:1]]


def _finished(surface: str) -> list[dict[str, Any]]:
    """A full page of rows that are over, and some more."""
    paging = SURFACES[surface].paging
    field, over = OVER[surface]
    (one,) = _ones(surface)
    plain = {name: NOT_WAITING.get(name, value) for name, value in one.items()} | {field: over}
    return [_numbered(plain, index) for index in range(getattr(paging, "size", 0) + 5)]


def _numbered(plain: Row, index: int) -> dict[str, Any]:
    number = next(name for name in NUMBERS if name in plain)
    when = {name: ago(1 + index / 10) for name in plain if name in TIMES}
    return {**plain, number: f"A{index}" if number == "asset" else str(1_000_000 + index), **when}


def is_the_one(surface: str, row: Row) -> bool:
    """Whether ``row`` is the one thing: every other row of a history is over."""
    if surface not in OVER or surface not in SAMPLES:
        return True
    field, over = OVER[surface]
    return str(row.get(field)) != str(over)


def is_its_own(surface: str, row: Row) -> bool:
    """Whether the surface reads this row at all: of the wallets' totals each wallet's own request reads the rest."""
    return surface != "wallets-without-request" or row["walletName"] not in NAMES


def data_of(body: Any) -> Any:
    return body


def with_data(_body: Any, data: Any) -> Any:
    return data


EITHER = {one_or_many, some}
"""These answers may be an object or a list of them, so that neither shape is wrong."""


def _shapes(surface: Surface) -> Edits:
    rows = surface.rows
    return {
        "field named twice": _first_named_twice,
        "data named twice": _last_named_twice,
        "object where a list is due": lambda body: body if rows in {whole, *EITHER} else _lists(body, _boxed),
        "list where an object is due": lambda body: body if rows is whole else _lists(body, _in_a_list),
        "list for an answer": lambda body: body if rows in EITHER else [body],
        "no data": lambda body: body if rows is some else {},
        "data is null": lambda _body: "null",
        "NaN in the answer": nan,
    }


def _first_named_twice(body: Any) -> Any:
    text = json.dumps(body)
    return text.replace('{"', '{"twice": 1, "twice": 2, "', 1) if '{"' in text else body


def _last_named_twice(body: Any) -> Any:
    return json.dumps(body)[:-1] + f', "{list(body)[-1]}": []}}' if isinstance(body, dict) and body else body


def _lists(body: Any, change: Callable[[list[Any]], Any]) -> Any:
    """Change every list outside a row."""
    if isinstance(body, list):
        return change(body)
    return {name: _lists(value, change) if isinstance(value, dict | list) else value for name, value in body.items()}


def _boxed(rows: list[Any]) -> Any:
    return {"rows": rows}


def _in_a_list(rows: list[Any]) -> Any:
    return [[row] for row in rows] or [[]]


def _said(code: int, status: int = 400) -> Reply:
    return Reply(status=status, body={"code": code, "msg": "as it may be"})


WORDS = Words(
    success=b'{"data": [], "rows": [], "total": 0}',
    long=json.dumps({"rows": [], "filler": "x" * 4000}).encode(),
    limited=_said(-1003, 429),
    transient=_said(-1001, 500),
    codes={
        "permanent error code": _said(-1099),
        "right is missing": _said(-2015, 401),
        "unknown error code": _said(-4242),
    },
    shapes=_shapes,
)
