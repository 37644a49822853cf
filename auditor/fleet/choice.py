"""The accounts of a fleet that a command names."""

from dataclasses import dataclass

from auditor.model.report import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Accounts by name, by tag, by the rule of an open holding, or by their last verdict; all that is given holds."""

    names: tuple[str, ...] = ()
    tag: str | None = None
    rule: str | None = None
    verdict: Verdict | None = None
