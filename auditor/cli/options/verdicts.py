"""Parser of a verdict."""

from auditor.cli.options.types import WrongValueError
from auditor.i18n import _
from auditor.model.report import Verdict


def verdict(value: str | Verdict) -> Verdict:
    """Parse a verdict."""
    if value not in set(Verdict):
        raise WrongValueError(_("{name!r} is none of {known}").format(name=value, known=", ".join(Verdict)))
    return Verdict(value)
