"""The contract of a JSON report: what is written, what is read, and the JSON Schema of both.

``python -m tools.report_schema`` writes the schema again.
"""

from functools import cache
from typing import Annotated, Any, Literal, NotRequired

from pydantic import ConfigDict, Field, StrictBool, TypeAdapter, with_config
from pydantic.json_schema import GenerateJsonSchema
from typing_extensions import TypedDict  # pydantic refuses that of `typing` before Python 3.12

from auditor.formats.json_plan import Amount, Count, Day, Plan, Sha256, Time
from auditor.model.records import Area
from auditor.model.report import DustKind, Route, Severity, Status, Verdict
from auditor.model.snapshot import Environment, Standing

AccountKind = Literal["main", "sub"]
ReadStatus = Literal["read", "unread", "not_applicable"]
Window = Annotated[
    Annotated[float, Field(allow_inf_nan=False)] | None,
    Field(description="Everything that was read of an account that is clean was read within so many seconds."),
]


class Tool(TypedDict):
    """Which program wrote the report."""

    version: str
    ccxt: str
    config_sha256: Sha256


class Key(TypedDict):
    """What the exchange says that the key may do."""

    rights: list[str]
    readonly: StrictBool
    ip_bound: StrictBool | None


class Account(TypedDict):
    """One account of the report."""

    name: str
    exchange: str
    environment: Environment
    host: str
    uid: str | None
    kind: AccountKind | None
    verdict: Verdict
    key: Key | None
    certificates: NotRequired[
        Annotated[str, Field(description="NAME=PATH of certificates that were believed in place of the computer's.")]
    ]


class Requirement(TypedDict):
    """A condition for closing, with its source and date."""

    id: str
    exchange: str
    title: str
    status: Status
    source: str
    as_of: Day
    official: NotRequired[Annotated[StrictBool, Field(description="Whether source is the exchange itself.")]]


class Finding(TypedDict):
    """One thing that a rule reports."""

    rule: str
    severity: Severity
    account: str
    area: Area
    wallet: str | None
    asset: str | None
    subject: str
    amount: Amount | None
    value_usd: Amount | None
    message: str
    remedy: str
    ready_at: Time | None
    market: NotRequired[str | None]
    side: NotRequired[str | None]
    since: NotRequired[Time | None]
    also_seen_in: NotRequired[Annotated[list[str], Field(description="Other places that show the same thing")]]
    muted: StrictBool
    evidence: Annotated[
        dict[str, Any],
        Field(description="The surface, the endpoint and the exchange's own row; the sub-account where it is one's"),
    ]


class Doubt(TypedDict):
    """A part of a surface that was not read or not understood."""

    reason: str
    code: str | None


class Coverage(TypedDict):
    """One surface of an account and whether it was read.

    ``rows`` of an unread one: it was read in part; ``doubts``: the other parts.
    """

    account: str
    surface: Annotated[str, Field(description="SURFACE, or SURFACE/NAME when read of the sub-account NAME")]
    area: Area
    standing: Standing
    endpoint: str
    status: ReadStatus
    rows: Count | None
    fetched_at: Time | None
    reason: str | None
    code: str | None
    doubts: NotRequired[list[Doubt]]


@with_config(ConfigDict(extra="forbid"))  # the columns are a contract of their own: the reader takes no other
class Dust(TypedDict):
    """One line of the dust CSV, in the order of its columns."""

    exchange: str
    account: str
    wallet: str
    asset: str
    amount: Amount
    value_usd: Amount | None
    kind: DustKind
    best_market: str | None
    min_amount: Amount | None
    min_notional: Amount | None
    lot_size: Amount | None
    shortfall: Amount | None
    convertible: StrictBool | None
    min_withdrawal: Amount | None
    withdrawal_fee: Amount | None
    network: str | None
    route: Route
    reason: str
    as_of: Time


class _Body(TypedDict):
    schema: Literal["auditor.report/1"]
    generated_at: Time
    confirmed_at: Time | None
    tool: Tool
    verdict: Verdict
    accounts: list[Account]
    requirements: list[Requirement]
    findings: list[Finding]
    coverage: list[Coverage]
    dust: list[Dust]


@with_config(ConfigDict(extra="forbid", title="Report of an exchange closure audit"))
class Document(_Body):
    """Amounts are strings, digit for digit as the exchange gave them. Times are ISO 8601 in UTC."""

    window_seconds: Window
    plan: Plan
    digest: NotRequired[
        Annotated[
            str,
            Field(
                pattern="^sha256:[0-9a-f]{64}$",
                description="SHA-256 over the file's bytes with the digits of every sha256:... in it replaced by "
                "zeros; not in a report that was not written out",
            ),
        ]
    ]


@with_config(ConfigDict(extra="ignore"))
class Readable(_Body):
    """What the reader needs: earlier versions wrote no window and other plans, later ones may write more."""

    window_seconds: NotRequired[Window]


@cache
def readable() -> TypeAdapter[Readable]:
    """Return what checks a document that is read."""
    return TypeAdapter(Readable)


class _Schema(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's signature
        """Set no title: it would repeat the field's name."""
        return False


def schema_of(document: Any) -> dict[str, Any]:
    """Generate the JSON Schema of a typed dictionary."""
    return {"$schema": _Schema.schema_dialect, **TypeAdapter(document).json_schema(schema_generator=_Schema)}


def schema() -> dict[str, Any]:
    """Generate the JSON Schema of the contract."""
    return schema_of(Document)
