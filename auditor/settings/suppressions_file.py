"""The tables ``[[attest]]`` and ``[[mute]]`` of the configuration file."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from auditor.i18n import _
from auditor.i18n.suggest import unknown
from auditor.model.errors import UserError
from auditor.model.suppressions import Attestation, Decisions, Mute
from auditor.settings.exchange_facts import exchange_config

SuppressionLine = Annotated[
    str, StringConstraints(pattern=r"^[^\s\x00-\x1f\x7f]([^\x00-\x1f\x7f]{0,198}[^\s\x00-\x1f\x7f])?$")
]
# Requirements that a pass creates for unread surfaces; no file of facts lists them.
UNREAD_PREFIX = "unread-"


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class AttestTable(_Table):
    """One ``[[attest]]`` table: a manual requirement that the person ``by`` confirms."""

    requirement: SuppressionLine
    exchange: SuppressionLine
    by: SuppressionLine
    on: date
    until: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.on:
            message = "until lies before on"
            raise ValueError(message)
        return self


class MuteTable(_Table):
    """One ``[[mute]]`` table: findings that need no more attention."""

    rule: SuppressionLine
    reason: SuppressionLine
    until: date
    account: SuppressionLine | None = None
    subject: SuppressionLine | None = None


def decisions(attests: Sequence[AttestTable], mutes: Sequence[MuteTable]) -> Decisions:
    """Return the decisions. Raises UserError for an unknown requirement."""
    for attest in attests:
        _check_requirement(attest)
    return Decisions(
        attests=tuple(Attestation(**attest.model_dump()) for attest in attests),
        mutes=tuple(Mute(**mute.model_dump()) for mute in mutes),
    )


def _check_requirement(attest: AttestTable) -> None:
    facts = {fact.id: fact for fact in exchange_config(attest.exchange).requirements}
    if attest.requirement.startswith(UNREAD_PREFIX):
        return
    if attest.requirement not in facts:
        raise UserError(unknown(_("requirement"), attest.requirement, facts))
    if not facts[attest.requirement].manual:
        text = _("{requirement} is read by the audit itself, so nobody can confirm it.")
        raise UserError(text.format(requirement=attest.requirement))


def check_rules(mutes: Sequence[Mute], rule_ids: Callable[[], Collection[str]]) -> None:
    """Raise UserError for a muted rule that does not exist. ``rule_ids``: called only for mutes."""
    choices = rule_ids() if mutes else ()
    for mute in mutes:
        if mute.rule not in choices:
            raise UserError(unknown(_("rule"), mute.rule, sorted(choices)))
