"""KuCoin: answers of a test's own, at places of an account of the demo exchange."""

from collections.abc import Callable, Mapping
from typing import Any

from auditor.demo import Account, Call, Fault, Reply, account
from auditor.model.account import Options
from auditor.model.records import Record
from auditor.model.report import Severity
from auditor.model.snapshot import NotApplicable, Read, Unread, seen_records
from tests.conftest import DemoAudit, audit_anew
from tests.exchanges.findings import readings

EMPTY = account("kucoin-empty")
Answer = Callable[[Mapping[str, str]], Any] | Reply | Any


def data(value: Any) -> dict[str, Any]:
    """The envelope of an answer."""
    return {"code": "200000", "data": value}


def listed(*rows: Any, **changes: Any) -> dict[str, Any]:
    """The only page of a list."""
    head = {"currentPage": 1, "pageSize": 500, "totalNum": len(rows), "totalPage": 1}
    return data({**head, "items": list(rows), **changes})


def answering(answers: Mapping[str, Answer]) -> Fault:
    """The fault that gives these answers by path: a reply, a body, or what a function makes of the parameters."""

    def fault(call: Call) -> Reply | None:
        if call.path not in answers:
            return None
        answer = answers[call.path]
        answer = answer(call.query) if callable(answer) else answer
        return answer if isinstance(answer, Reply) or answer is None else Reply(body=answer)

    return fault


def audited(answers: Mapping[str, Answer], who: Account = EMPTY, **options: Any) -> DemoAudit:
    """An audit of an empty account in which these paths answer so."""
    return audit_anew(who, fault=answering(answers), options=Options(**{"pace": 0, **options}))


def results(audit: DemoAudit, place: str) -> list[Read | Unread | NotApplicable]:
    """What came of asking a place, once or for each of what was found before."""
    return [reading.result for reading in readings(audit, place)]


def held(audit: DemoAudit, place: str) -> list[Record]:
    """What a place showed that holds something, whether it was read to its end or not."""
    return [record for result in results(audit, place) for record in seen_records(result) if record.holds]


def blocking(audit: DemoAudit, asset: str) -> set[str]:
    """The amounts of an asset that the report names as blockers."""
    found = audit.report.findings
    return {str(f.amount) for f in found if f.severity is Severity.BLOCKER and f.asset == asset}


def asked(audit: DemoAudit, path: str, *names: str) -> set[tuple[str | None, ...]]:
    """The values of these parameters with which a path was asked."""
    return {tuple(call.query.get(name) for name in names) for call in audit.calls if call.path == path}


def messages(audit: DemoAudit) -> str:
    return "\n".join(str(f.message) for f in audit.report.findings if f.severity is Severity.BLOCKER)
