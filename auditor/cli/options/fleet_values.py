"""Parsers of the values of `audit fleet`: a verdict, a name, a share."""

import re
from fractions import Fraction

from auditor.cli.options.types import WrongValueError
from auditor.fleet.words import is_word
from auditor.i18n import _
from auditor.model.report import Verdict

_SHARE = re.compile(r"([1-9][0-9]{0,2})/([1-9][0-9]{0,2})", re.ASCII)


def verdict(value: str | Verdict) -> Verdict:
    """Parse a verdict."""
    if value not in set(Verdict):
        raise WrongValueError(_("{name!r} is none of {known}").format(name=value, known=", ".join(Verdict)))
    return Verdict(value)


def word(value: str) -> str:
    """Parse a name that templates, files and labels can hold."""
    if not is_word(value):
        raise WrongValueError(_("it must be made of letters, digits, . _ and -"))
    return value


def share(value: str | Fraction) -> Fraction:
    """Parse a part of the whole such as 1/2."""
    if isinstance(value, Fraction):
        return value
    match = _SHARE.fullmatch(value)
    if match is None or int(match[1]) > int(match[2]):
        raise WrongValueError(_("write a part of the whole, such as 1/2"))
    return Fraction(int(match[1]), int(match[2]))
