"""Binance: nothing more makes an account cleaner, nothing that fails does, and no digit is lost on the way."""

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from tests.exchanges.binance.surfaces import SURFACES, only_at, path
from tests.exchanges.okx.bench import Bench
from tests.monotone import assert_no_cleaner, assert_not_made_clean

from auditor.demo import Account, Fault, Reply
from auditor.formats import Sink, get_format
from auditor.model.snapshot import Standing
from tests.conftest import slow
from tests.exchanges.binance.bare import BARE, with_books
from tests.exchanges.binance.samples import SAMPLES, SPOT, sample

SLOW = slow()
TOGETHER = sorted(name for name in SAMPLES if list(sample(name)) == [path(SURFACES[name])])
DOCUMENTED = sorted(
    name for name, surface in SURFACES.items() if surface.standing is Standing.DOCUMENTED and not surface.some
)
FIGURES = st.from_regex(r"\A(0|[1-9][0-9]{0,24})\.[0-9]{0,14}[1-9]\Z")
GAP = "@@"
"""The figure is put into the answer as it leaves, so that the exchange's own arithmetic cannot touch it."""


def holding(names: Sequence[str]) -> Account:
    books: dict[str, list[dict[str, Any]]] = {name: list(rows) for name, rows in BARE.books.items()}
    for name in names:
        for at, rows in sample(name).items():
            books.setdefault(at, []).extend(row for row in rows if row not in books.get(at, []))
    return with_books(books)


def dead(name: str) -> Fault:
    return only_at(SURFACES[name], lambda _call: Reply(status=500, body={}))


@SLOW
@given(st.sets(st.sampled_from(TOGETHER), max_size=2), st.sampled_from(TOGETHER))
def test_one_thing_more_never_moves_a_verdict_towards_clean(shared: Bench, held: set[str], more: str) -> None:
    assert_no_cleaner(shared, holding(sorted(held)), holding(sorted(held | {more})))


@SLOW
@given(st.sets(st.sampled_from(TOGETHER), max_size=2), st.sampled_from(DOCUMENTED))
def test_a_surface_that_fails_never_moves_a_verdict_to_clean(shared: Bench, held: set[str], failing: str) -> None:
    account, others = holding(sorted(held)), bool(held - {failing})
    assert_not_made_clean(shared, account, failing, dead(failing), holds=others)


@SLOW
@given(FIGURES, st.booleans())
@example("9" * 40 + ".00000000000000000000001", True)
def test_an_amount_goes_from_the_wire_to_json_digit_for_digit(shared: Bench, figure: str, as_number: bool) -> None:
    account = with_books({SPOT: [{"asset": "LTC", "free": GAP, "locked": "0", "freeze": "0", "withdrawing": "0"}]})
    quoted, put = f'"{GAP}"', figure if as_number else f'"{figure}"'
    audited = shared.audit(account, fault=lambda _call: Reply(edit=lambda body: json.dumps(body).replace(quoted, put)))
    report = json.loads(get_format("json").render(audited.report, Sink()))
    amounts = [line["amount"] for line in report["findings"] if line["wallet"] == "spot" and line["asset"] == "LTC"]
    assert {figure} == set(amounts)
