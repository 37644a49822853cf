"""Any exchange's address on loopback that answers as a test says, whatever is asked."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from auditor.audit.audit_once import take_snapshot
from auditor.audit.report_builder import build_report
from auditor.demo.loopback import on_loopback
from auditor.exchanges.registry import load
from auditor.model.account import Account, Options
from auditor.model.errors import UserError
from auditor.model.report import Report
from auditor.model.snapshot import Reading, Unread
from tests.conftest import run
from tests.exchanges.unified.network import CREDENTIALS


@dataclass(frozen=True)
class Said:
    """One answer: ``body`` as JSON unless it is a text."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        kind = (
            "text/html" if text.startswith("<") else "text/plain" if isinstance(self.body, str) else "application/json"
        )
        return web.Response(status=self.status, text=text, content_type=kind, headers=dict(self.headers))


@dataclass
class Outcome:
    """What an audit came to: its report, or the problem that only the user can mend; ``asked``: every path."""

    report: Report | None
    problem: str
    asked: list[str]

    @property
    def readings(self) -> tuple[Reading, ...]:
        return self.report.accounts[0].snapshot.readings if self.report else ()

    @property
    def unread(self) -> list[Unread]:
        return [reading.result for reading in self.readings if isinstance(reading.result, Unread)]

    @property
    def text(self) -> str:
        """Every reason, and the problem."""
        return "\n".join([self.problem, *(str(unread.reason) for unread in self.unread)])


def audit_answers(exchange: str, answer: Callable[[str], Said], **options: Any) -> Outcome:
    """Audit an account of ``exchange`` at an address where ``answer`` says what each path answers."""
    asked: list[str] = []

    async def handle(request: web.Request) -> web.Response:
        asked.append(request.path)
        return answer(request.path).response()

    secrets = {name: SecretStr(CREDENTIALS[name]) for name in load(exchange).api.credentials}
    with on_loopback(handle, "answers") as url:
        account = Account(name="mine", exchange=exchange, credentials=secrets, base_url=url)
        try:
            snapshot = run(take_snapshot([account], Options(**{"pace": 0, **options})))
        except UserError as error:
            return Outcome(None, str(error), asked)
    return Outcome(build_report(snapshot, now=snapshot.finished_at), "", asked)
