"""OKX in the campaign: its clean account and those that hold exactly one thing, and how it words what goes wrong."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from auditor.demo import Account, Reply
from auditor.spec.surface import Surface
from tests.exchanges.okx.bare import BARE
from tests.exchanges.okx.samples import HOLDS_NOTHING, KEPT, LOOK_BY_EYE, SAMPLES, Row, Sample, ago
from tests.exchanges.okx.surfaces import EXCHANGE, only_at
from tests.fault_injection.answers import Edits, Words, nan

__all__ = ["EXCHANGE", "FOR_EVER", "WORDS", "accounts", "data_of", "is_its_own", "is_the_one", "only_at", "with_data"]
PAGE = 100
CELLAR = replace(
    BARE,
    name="cellar",
    apikey="demo-cellar-key",
    secret="demo-cellar-secret",
    passphrase="demo-cellar-passphrase",
    uid=str(KEPT["users/subaccount/list"][0]["uid"]),
    kind="1",
)


def accounts(surface: str, *, holding: bool) -> tuple[Account, ...] | None:
    """The accounts to audit in one pass; None where the surface is not asked of such an account at all."""
    sample = SAMPLES.get(surface) or LOOK_BY_EYE.get(surface)
    if surface.startswith("subaccount-"):
        books = sample.books if sample and holding else KEPT
        return replace(BARE, books=books), CELLAR
    if sample is None:
        return _reference(surface, holding=holding)
    finished = {sample.path: _finished(sample)} if sample.finished else {}
    if not holding:
        return (replace(BARE, books={**_beside(surface, sample), **finished}, mode=sample.mode),)
    rows = [*finished.get(sample.path, ()), *sample.rows]
    return (replace(BARE, books={**sample.with_, sample.path: rows}, mode=sample.mode),)


def _beside(surface: str, sample: Sample) -> Mapping[str, Sequence[Row]]:
    """What a clean account must have for this surface to be asked: stable rewards of which nothing is left."""
    return sample.with_ if surface == "stable-rewards-requests" else {}


def _reference(surface: str, *, holding: bool) -> tuple[Account, ...] | None:
    """Facts about markets are asked only when something is left; all else is asked always, and holds nothing."""
    if surface not in HOLDS_NOTHING:
        return None if holding else (BARE,)
    left = SAMPLES["trading" if surface == "convertible-trading" else "funding"]
    return (replace(BARE, books=left.books),) if holding else None


def _finished(sample: Sample) -> list[Row]:
    """A full page of rows that hold nothing, and some more, all newer than the one that does."""
    template = sample.finished or {}
    return [_numbered(template, index) for index in range(PAGE + 5)]


def _numbered(template: Row, index: int) -> Row:
    words = {"{number}": str(1_000_000 + index), "{time}": ago(1 + index / 10)}
    return {name: _filled(value, words) for name, value in template.items()}


def _filled(value: object, words: Mapping[str, str]) -> object:
    if isinstance(value, str):
        for word, meaning in words.items():
            value = value.replace(word, meaning)
    return value


def is_the_one(surface: str, row: Mapping[str, Any]) -> bool:
    """Whether ``row`` is the one thing: told by what every finished row has otherwise."""
    sample = SAMPLES.get(surface) or LOOK_BY_EYE.get(surface)
    if sample is None or sample.finished is None:
        return True
    return any(_alike(row, one, sample.finished) for one in sample.rows)


def _alike(row: Mapping[str, Any], one: Row, finished: Row) -> bool:
    return all(row.get(name) == value for name, value in one.items() if finished.get(name) != value)


def is_its_own(_surface: str, _row: Mapping[str, Any]) -> bool:
    return True


def data_of(body: Any) -> Any:
    return body["data"]


def with_data(body: Any, data: Any) -> Any:
    return {**body, "data": data}


def _shapes(_surface: Surface) -> Edits:
    return {
        "field named twice": lambda body: json.dumps(body).replace('"code"', '"code": "50026", "code"', 1),
        "data named twice": lambda body: json.dumps(body)[:-1] + ', "data": []}',
        "object where a list is due": lambda body: {**body, "data": {"rows": body["data"]}},
        "list where an object is due": lambda body: {**body, "data": [[row] for row in body["data"]] or [[]]},
        "list for an answer": lambda body: [body],
        "no data": lambda body: {"code": body["code"], "msg": ""},
        "data is null": lambda body: {**body, "data": None},
        "NaN in the answer": nan,
    }


def _said(code: str, status: int = 200) -> Reply:
    return Reply(status=status, body={"code": code, "msg": "as it may be", "data": []})


_SUCCESS = {"code": "0", "msg": "", "data": []}
WORDS = Words(
    success=json.dumps(_SUCCESS).encode(),
    long=json.dumps({**_SUCCESS, "filler": "x" * 4000}).encode(),
    limited=Reply(status=429, body={"code": "50011", "msg": "Too Many Requests", "data": []}),
    transient=_said("50026", 500),
    codes={
        "permanent error code": _said("50005", 410),
        "right is missing": _said("50120"),
        "unknown error code": _said("98765"),
    },
    shapes=_shapes,
)
FOR_EVER = WORDS.for_ever(EXCHANGE.surfaces[0])
