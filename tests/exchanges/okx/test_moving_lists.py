"""OKX: lists paged by cursor, whose rows come in any order, come twice, or come and go while they are read."""

import random
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from auditor.demo import Call, Reply
from auditor.model.report import Verdict
from tests.conftest import few_examples
from tests.exchanges.bench import Bench
from tests.exchanges.okx.bare import BARE
from tests.exchanges.places import table
from tests.exchanges.samples import Row, ago

FEW = few_examples()


def flows(count: int, open_at: int) -> list[Row]:
    """Finished withdrawals, newest first, with one in a state that nobody documents somewhere among them."""
    common = {"ccy": "LTC", "amt": "1.5"}
    return [
        {**common, "wdId": str(number), "state": "41" if number == open_at else "2", "ts": ago(1 + number / 5)}
        for number in range(count)
    ]


@FEW
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
    audited = shared.audit(account, fault=table("okx").only_at("withdrawals", lambda _call: Reply(edit=jumble)))
    assert audited.report.verdict is not Verdict.CLEAN


@FEW
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
            shared.put(replace(BARE, books={"asset/withdrawal-history": [*fresh, *later]}))

    account = replace(BARE, books={"asset/withdrawal-history": flows(250, where)})
    audited = shared.audit(account, fault=move)
    assert audited.report.verdict is not Verdict.CLEAN
