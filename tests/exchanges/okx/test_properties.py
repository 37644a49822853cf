"""Whatever an account has: nothing more makes it cleaner, no digit is lost, no order or change hides a row."""

import csv
import io
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from auditor.demo import Account, Call, Fault, Reply
from auditor.formats import Sink, get_format
from auditor.formats.dust_csv import dust_csv
from auditor.i18n import Translator
from auditor.model.records import Balance
from auditor.model.report import Verdict
from auditor.model.snapshot import Standing, records
from tests.conftest import Audited, slow
from tests.exchanges.okx.bare import BARE
from tests.exchanges.okx.bench import Bench
from tests.exchanges.okx.samples import SAMPLES, Row, ago
from tests.exchanges.okx.surfaces import SURFACES, only_at
from tests.monotone import assert_no_cleaner, assert_not_made_clean

SLOW = slow()
TOGETHER = sorted(set(SAMPLES) - {"valuation", "stable-rewards-requests"})
DOCUMENTED = sorted(name for name, surface in SURFACES.items() if surface.standing is Standing.DOCUMENTED)
FIGURES = st.from_regex(r"\A(0|[1-9][0-9]{0,24})\.[0-9]{0,14}[1-9]\Z")


def holding(names: Sequence[str]) -> Account:
    books: dict[str, list[Row]] = {}
    for name in names:
        for path, rows in SAMPLES[name].books.items():
            books.setdefault(path, []).extend(row for row in rows if row not in books.get(path, []))
    return replace(BARE, books=books)


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


def amounts_of(audited: Audited, wallet: str) -> list[str]:
    found = [r for _reading, r in records(audited.snapshot.accounts[0]) if isinstance(r, Balance)]
    return [format(record.amount, "f") for record in found if record.wallet == wallet]


def json_of(audited: Audited) -> Any:
    return json.loads(get_format("json").render(audited.report, Sink()))


@SLOW
@given(FIGURES)
@example("0.00000001")
@example("9" * 40 + ".00000000000000000000001")
def test_an_amount_goes_from_the_wire_to_json_digit_for_digit(shared: Bench, figure: str) -> None:
    audited = shared.audit(WITH_A_GAP, fault=lambda _call: Reply(edit=lambda body: filled(body, figure)))
    assert ([figure], [figure]) == (amounts_of(audited, "funding"), amounts_of(audited, "trading"))
    found = {(line["surface"], line["amount"]) for line in surfaces_of(json_of(audited))}
    assert {("funding", figure), ("trading", figure)} <= found


GAP = "@@"
WITH_A_GAP = replace(
    BARE,
    books={
        "asset/balances": [{"ccy": "LTC", "bal": GAP, "availBal": GAP, "frozenBal": "0"}],
        "account/balance": [{"ccy": "LTC", "cashBal": GAP, "eq": GAP, "availBal": GAP, "frozenBal": "0"}],
    },
)
"""The figure is put into the answer as it leaves, so that the exchange's own arithmetic cannot touch it."""


def filled(body: dict[str, Any], figure: str) -> Any:
    return json.dumps(body).replace(GAP, figure)


def number(body: dict[str, Any], figure: str) -> Any:
    return json.dumps(body).replace(f'"{GAP}"', figure)


def surfaces_of(report: Any) -> list[dict[str, Any]]:
    """The findings about balances, by the wallet that they name."""
    return [{"surface": line["wallet"], "amount": line["amount"]} for line in report["findings"] if line["wallet"]]


@SLOW
@given(FIGURES)
@example("1" + "0" * 30 + ".5")
def test_an_amount_sent_as_a_json_number_keeps_its_digits_too(shared: Bench, figure: str) -> None:
    audited = shared.audit(WITH_A_GAP, fault=lambda _call: Reply(edit=lambda body: number(body, figure)))
    assert ([figure], [figure]) == (amounts_of(audited, "funding"), amounts_of(audited, "trading"))


@SLOW
@given(st.integers(1, 10**6))
def test_dust_goes_from_the_wire_to_its_csv_digit_for_digit(shared: Bench, units: int) -> None:
    figure = f"0.{units:018d}"
    rows = [{"ccy": "LTC", "bal": figure, "availBal": figure, "frozenBal": "0"}]
    audited = shared.audit(replace(BARE, books={"asset/balances": rows}))
    (line,) = csv.DictReader(io.StringIO(dust_csv(audited.report, Translator())))
    assert ("LTC", figure) == (line["asset"], line["amount"])


def flows(count: int, open_at: int) -> list[Row]:
    """Finished withdrawals, newest first, with one in a state that nobody documents somewhere among them."""
    common = {"ccy": "LTC", "amt": "1.5"}
    return [
        {**common, "wdId": str(number), "state": "41" if number == open_at else "2", "ts": ago(1 + number / 5)}
        for number in range(count)
    ]


@SLOW
@given(st.integers(0, 249), st.integers(0, 2**32))
def test_rows_in_any_order_within_a_page_and_rows_that_come_twice_hide_nothing(
    shared: Bench, where: int, seed: int
) -> None:
    chance = random.Random(seed)
    seen: list[Row] = []

    def jumble(body: dict[str, Any]) -> dict[str, Any]:
        again = chance.sample(seen, min(len(seen), 3))
        seen.extend(body["data"])
        return {**body, "data": chance.sample(body["data"], len(body["data"])) + again}

    account = replace(BARE, books={"asset/withdrawal-history": flows(250, where)})
    audited = shared.audit(account, fault=only_at(SURFACES["withdrawals"], lambda _call: Reply(edit=jumble)))
    assert audited.report.verdict is not Verdict.CLEAN


@SLOW
@given(st.integers(0, 249), st.integers(1, 6), st.sets(st.integers(0, 249), max_size=120), st.integers(0, 60))
def test_rows_that_come_and_go_between_pages_hide_none_that_stays(
    shared: Bench, where: int, after: int, gone: set[int], added: int
) -> None:
    """From the so-manieth request on, old rows are gone and new ones stand above them."""
    fresh = [{"ccy": "LTC", "amt": "1", "wdId": f"n{n}", "state": "2", "ts": ago(n / 100)} for n in range(added)]
    later = [row for number, row in enumerate(flows(250, where)) if number == where or number not in gone]
    asked = [0]

    def move(call: Call) -> None:
        asked[0] += call.path == "asset/withdrawal-history"
        if asked[0] == after:
            shared.exchange.put(replace(BARE, books={"asset/withdrawal-history": [*fresh, *later]}))

    account = replace(BARE, books={"asset/withdrawal-history": flows(250, where)})
    audited = shared.audit(account, fault=move)
    assert audited.report.verdict is not Verdict.CLEAN


@SLOW
@given(st.sampled_from(["asset/balances", "trade/orders-pending", "asset/bills"]), st.integers(1, 60))
def test_money_that_moves_between_two_readings_is_seen(shared: Bench, witness: str, after: int) -> None:
    """Something arrives while an empty account is read: the audit shows it, or is not clean, or was over by then."""
    full = replace(BARE, books=SAMPLES["funding"].books)
    asked = [0]

    def arrive(call: Call) -> None:
        asked[0] += 1
        if asked[0] == after:
            shared.exchange.put(full)

    audited = shared.audit(BARE, fault=arrive)
    balances = [n for n, call in enumerate(audited.calls) if call.path == "asset/balances"]
    assert audited.report.verdict is not Verdict.CLEAN or balances[-1] < after
