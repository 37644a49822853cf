"""The contract of the plan in a JSON report, and the kinds of values that the whole report is made of."""

from typing import Annotated

from pydantic import Field, StrictBool
from typing_extensions import TypedDict  # pydantic refuses that of `typing` before Python 3.12

from auditor.model.records import Area

Amount = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
Time = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$")]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, strict=True)]
Place = Annotated[Count, Field(description="Place in findings, counted from 0")]


class Item(TypedDict):
    """One line of a step: findings that are alike, or a task without a finding."""

    number: Annotated[Count, Field(description="Its number within the step: 4.2 is item 2 of step 4")]
    account: str | None
    text: str
    how: Annotated[str, Field(description="What to do; empty where the text says it")]
    findings: list[Place]
    count: Annotated[Count, Field(description="Things to clear in it")]
    value_usd: Annotated[Amount | None, Field(description="Sum of the values that are known")]
    unpriced: Annotated[Count, Field(description="Findings of an asset that have no price")]
    done: Annotated[StrictBool, Field(description="The owner has said so; it stays until a check confirms it")]
    done_on: Day | None


class Step(TypedDict):
    """One thing to do at one exchange."""

    id: str
    number: Annotated[Count, Field(description="Its number in the plan")]
    kind: str
    exchange: str
    title: str
    where: Annotated[str, Field(description="Where in the exchange's app")]
    why: Annotated[str, Field(description="Why at this place in the order")]
    source: Annotated[str, Field(description="Where a fact that the step rests on was read")]
    after: Annotated[list[str], Field(description="ids of the steps that come right before")]
    findings: list[Place]
    todo: Annotated[list[str], Field(description="What belongs to it that is no finding")]
    count: Annotated[Count, Field(description="Things to clear in it")]
    value_usd: Annotated[Amount | None, Field(description="Sum of the values that are known")]
    unpriced: Annotated[Count, Field(description="Findings of an asset that have no price")]
    items: Annotated[list[Item], Field(description="Its findings, those that are alike together, and its tasks")]
    ready_at: Time | None


class Wait(TypedDict):
    """A finding that takes time."""

    finding: Place
    until: Time | None
    label: Annotated[str, Field(description="The place and the amount, without the date")]


class Forfeit(TypedDict):
    """One asset in one kind of place."""

    area: Area
    asset: str
    amount: Amount
    value_usd: Amount | None
    unstated: Annotated[Count, Field(description="Holdings whose amount the exchange does not state")]


class Plan(TypedDict):
    """The ordered steps to a closed account."""

    earliest_clean: Annotated[
        Time | None,
        Field(
            description="The latest date that anything waits for; "
            "null where nothing waits, or where one wait has no known date"
        ),
    ]
    earliest: Annotated[Time | None, Field(description="The latest date that is known; see undated for what has none")]
    undated: Annotated[Count, Field(description="Waits without a known date")]
    steps: Annotated[list[Step], Field(description="In the order that works")]
    waits: Annotated[list[Wait], Field(description="What takes time, known dates first")]
    forfeits: Annotated[
        list[Forfeit],
        Field(description="What closing now would give up, by area and asset; areas may overlap"),
    ]
