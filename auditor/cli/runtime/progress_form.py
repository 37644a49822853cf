"""How the progress of an audit is shown: --progress, --no-progress."""

from collections.abc import Sequence
from enum import StrEnum

OPTION, OFF = "--progress", "--no-progress"


class ProgressForm(StrEnum):
    """``AUTO``: a bar in a terminal, else nothing; ``JSON``: a line for each step on stderr."""

    AUTO = "auto"
    JSON = "json"
    NONE = "none"


def chosen_progress(arguments: Sequence[str]) -> ProgressForm:
    """Return the last form that is asked for; an unknown one is ignored here: the option itself refuses it."""
    chosen = ProgressForm.AUTO
    for index, argument in enumerate(arguments):
        name, _equals, value = argument.partition("=")
        if name == OFF:
            chosen = ProgressForm.NONE
        elif name == OPTION:
            word = value or next(iter(arguments[index + 1 :]), "")
            chosen = ProgressForm(word) if word in set(ProgressForm) else chosen
    return chosen
