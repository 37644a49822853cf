"""A recording in memory: which request got which answer, how the audit was asked for, and what it found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from auditor.transport.ccxt.latest_call import REQUEST, UnsignedRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: the request that it belongs to, its HTTP status and its body."""

    request: UnsignedRequest
    status: int
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditManner:
    """How the recorded audit was asked for: what a replay must know to ask the same."""

    readonly: bool = True
    accept_unproven_key: bool = False
    sandbox: bool = False
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The answers of one audit of one account.

    ``key``: what stands for the public part of the API key, which some answers name. ``recorded_at``: the time at
    which the audit began, in the recording's own time; ``seconds``: how long it took. ``expected``: see
    `auditor.recording.outcome`.
    """

    exchange: str
    key: str
    recorded_at: datetime
    seconds: float
    manner: AuditManner
    answers: tuple[Answer, ...]
    tool: Mapping[str, str] = field(default_factory=dict)
    expected: Mapping[str, object] = field(default_factory=dict)


class Recorder:
    """Keeps every answer of an audit with its request, as ccxt was asked for it: before anything was signed."""

    def __init__(self) -> None:
        """Start without any answer."""
        self.answers: list[Answer] = []

    def keep(self, _method: str, _url: str, status: int, body: str) -> None:
        """Keep one answer. Its URL is not kept, since it may hold the key and a signature."""
        self.answers.append(Answer(request=REQUEST.get(), status=status, body=body))
