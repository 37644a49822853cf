"""The contract of `audit fleet status --format json`, and its JSON Schema.

``python -m tools.report_schema`` writes the schema again.
"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StrictBool, with_config
from typing_extensions import TypedDict  # pydantic refuses that of `typing` before Python 3.12

from auditor.fleet.status.model import State
from auditor.formats.json_document import schema_of
from auditor.formats.json_plan import Count, Time
from auditor.model.report import Severity, Verdict

Exchange = Annotated[str, Field(description="Id, with the environment in brackets unless it is the real one")]


class Group(TypedDict):
    """Counts of some of the accounts: by state, then by what somebody must look after."""

    accounts: Count
    confirmed: Annotated[Count, Field(description="Clean, and confirmed by a later check")]
    clean: Annotated[Count, Field(description="Clean, not confirmed yet")]
    blocked: Count
    refused: Annotated[Count, Field(description="The key was rejected")]
    incomplete: Count
    unchecked: Annotated[Count, Field(description="Not checked yet")]
    blockers: Annotated[Count, Field(description="Holdings that block closing")]
    stuck: Annotated[Count, Field(description="Accounts with the same blockers for stuck_after_seconds, and no date")]
    late: Annotated[Count, Field(description="Accounts whose check was due more than an hour ago")]
    partial: Annotated[Count, Field(description="Accounts whose last check did not read every documented place")]
    returned: Annotated[Count, Field(description="Accounts that were clean once and are blocked now")]
    undated: Annotated[Count, Field(description="Accounts of which nobody can say when they are over")]
    ready_at: Annotated[Time | None, Field(description="The latest date that is known")]
    unread_since: Annotated[Time | None, Field(description="Last complete check of the partial one that waits longest")]


class Rule(TypedDict):
    """What one rule reports at one exchange."""

    rule: str
    exchange: Exchange
    severity: Severity
    accounts: Count
    findings: Count


class AccountLine(TypedDict):
    """One account that somebody must look after."""

    name: str
    exchange: Exchange
    egress: str
    state: State
    blockers: Count
    unread: Annotated[Count, Field(description="Places that were not read")]
    since: Time | None
    rules: Annotated[list[str], Field(description="What blocks a stuck account; empty in the other lists")]


class Worker(TypedDict):
    """The last process of an egress; its figures are those since the beginning of an hour."""

    egress: str
    host: str
    process: Count
    started_at: Time
    seen_at: Annotated[Time, Field(description="Last sign of life")]
    ended_at: Annotated[Time | None, Field(description="When it ended as it should; null for one that was killed")]
    silent: StrictBool
    since: Time
    passes: Annotated[Count, Field(description="Checks of families")]
    limited: Annotated[Count, Field(description="Answers that asked for fewer requests")]


@with_config(ConfigDict(extra="forbid", title="Where a fleet of accounts stands"))
class Document(TypedDict):
    """Times are ISO 8601 in UTC. No amounts."""

    schema: Literal["auditor.fleet/1"]
    at: Time
    verdict: Annotated[Verdict, Field(description="That of a check over all accounts; one not confirmed is incomplete")]
    total: Group
    earliest: Annotated[Time | None, Field(description="When all can be over at the earliest, of what is known")]
    running: Annotated[Count, Field(description="Families that are being checked")]
    exchanges: dict[str, Group]
    tags: dict[str, Group]
    egresses: dict[str, Group]
    rules: list[Rule]
    stuck_after_seconds: Count
    stuck: list[AccountLine]
    unread: Annotated[list[AccountLine], Field(description="Those of total.partial")]
    late: list[AccountLine]
    refused: list[AccountLine]
    returned: list[AccountLine]
    workers: list[Worker]


def schema() -> dict[str, Any]:
    """Generate the JSON Schema of the contract."""
    return schema_of(Document)
