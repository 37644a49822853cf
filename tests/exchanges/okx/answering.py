"""OKX: an answer of a test's own, at one place of an empty account."""

from typing import Any

from auditor.demo import Reply
from auditor.model.report import Severity
from tests.conftest import DemoAudit
from tests.exchanges.bench import Bench
from tests.exchanges.okx.bare import BARE
from tests.exchanges.places import table

OKX = table("okx")
ZERO_BALANCES = {field.name: "0" for field in OKX.places["trading"].fields}


def answered(shared: Bench, place: str, data: Any) -> DemoAudit:
    """An audit of the empty account at which this place's answer carries ``data``."""
    reply = Reply(body={"code": "0", "msg": "", "data": data})
    return shared.audit(BARE, fault=OKX.only_at(place, lambda _call: reply), afresh=OKX.afresh(place))


def blocked(audited: DemoAudit) -> set[tuple[str, str]]:
    """What blocks: place and subject."""
    return {(f.surface, f.subject) for f in audited.report.findings if f.severity is Severity.BLOCKER}
