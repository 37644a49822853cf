"""Answers of an exchange that a test gives in place of the demo's, or of the plain stand-in's."""

from collections.abc import Callable, Mapping
from typing import Any

from auditor.audit.audit_once import take_snapshot
from auditor.audit.report_builder import build_report
from auditor.demo import Call, Fault, Reply
from auditor.model.account import Options
from auditor.model.report import Severity
from tests import standing
from tests.conftest import run
from tests.exchanges.unified.conftest import Audited, as_account, without_tables
from tests.fault_injection import plain

# A body that comes with HTTP 200, a reply, or a change of the real answer.
Answers = Mapping[str, Any]


def answering(answers: Answers) -> Fault:
    """The fault that gives these answers, by path, and leaves the others."""

    def fault(call: Call) -> Reply | None:
        if call.path not in answers:
            return None
        answer = answers[call.path]
        return answer if isinstance(answer, Reply) else Reply(edit=answer) if callable(answer) else Reply(body=answer)

    return fault


def audit_stand_in(exchange: str, answers: Answers) -> Audited:
    """Audit an account of an exchange that the demo does not imitate; what is not among the answers is empty."""
    well = plain.WELL.get(exchange, {})
    given = {path: {**well, **body} if isinstance(body, dict) else body for path, body in answers.items()}
    with without_tables(), standing.reused(), plain.plain(exchange, answering(given)) as served:
        account = as_account(exchange, plain.HOLDER, served.url)
        snapshot = run(take_snapshot([account], Options(pace=0, accept_unproven_key=True)))
        calls = tuple(served.calls)
    return Audited(build_report(snapshot, now=snapshot.finished_at), calls)


def blockers(audited: Audited, asset: str) -> set[str]:
    """The amounts of an asset that the report names as blockers."""
    found = audited.report.findings
    return {str(f.amount) for f in found if f.severity is Severity.BLOCKER and f.asset == asset}


def changed(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Change the real answer in place and return it."""

    def edit(body: Any) -> Any:
        change(body)
        return body

    return edit
