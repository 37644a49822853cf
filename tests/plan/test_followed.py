"""The plan of the messy account, followed step by step on the embedded exchange."""

from auditor.model.report import Report, Verdict
from auditor.plan import make_plan
from auditor.plan.kinds import StepKind
from tests.conftest import Audit
from tests.plan.person import Person

ORDER = list(StepKind)
ENDS = {StepKind.CONFIRM, StepKind.EXPORT, StepKind.CLOSE}


def open_kinds(report: Report) -> list[StepKind]:
    return [step.kind for step in make_plan(report).steps if step.kind not in ENDS]


def test_the_plan_followed_step_by_step_ends_clean_with_no_step_out_of_order(demo: Audit) -> None:
    person = Person()
    report = demo(*person.accounts).report
    done: list[StepKind] = []

    while ahead := [step for step in make_plan(report).steps if step.kind not in ENDS]:
        step = ahead[0]
        person.follow(step)
        report = demo(*person.accounts).report
        assert step.kind not in open_kinds(report)
        assert [kind for kind in open_kinds(report) if ORDER.index(kind) < ORDER.index(step.kind)] == []
        done.append(step.kind)

    assert report.verdict is Verdict.CLEAN
    assert done == sorted(done, key=ORDER.index)
    assert {
        StepKind.STOP_BOTS,
        StepKind.CANCEL_ORDERS,
        StepKind.WAIT,
        StepKind.SELL,
        StepKind.CONVERT,
        StepKind.WITHDRAW,
    } <= set(done)
