"""Binance: products that were never switched on are not asked for, unless nobody says which are."""

from dataclasses import replace

from auditor.model.report import Verdict
from auditor.model.snapshot import NotApplicable
from tests.exchanges.bench import Bench
from tests.exchanges.binance.bare import BARE, INFO
from tests.exchanges.findings import readings
from tests.exchanges.places import table
from tests.fault_injection.answers import UNKNOWN_CODE, load_faults

PRODUCTS = {one.id for one in table("binance").surfaces.values() if one.plan and "products" in one.plan.after}


def test_products_that_were_never_switched_on_are_not_asked_for(shared: Bench) -> None:
    audited = shared.audit(replace(BARE, books={}))
    results = {name: reading.result for name in PRODUCTS for reading in readings(audited, name)}
    assert PRODUCTS == {name for name, result in results.items() if isinstance(result, NotApplicable)}
    assert [] == [
        result for result in results.values() if "never switched on" not in str(getattr(result, "reason", ""))
    ]
    assert Verdict.CLEAN == audited.report.verdict


def test_everything_is_asked_for_when_nobody_says_which_products_are_on(shared: Bench) -> None:
    failure = load_faults("binance").codes[UNKNOWN_CODE]
    audited = shared.audit(BARE, fault=lambda call: failure if call.path == INFO else None)
    found = [reading.result for name in PRODUCTS for reading in readings(audited, name)]
    assert (Verdict.INCOMPLETE, []) == (
        audited.report.verdict,
        [one for one in found if isinstance(one, NotApplicable)],
    )
