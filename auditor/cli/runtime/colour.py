"""Whether an output has colours: --color, NO_COLOR, FORCE_COLOR, and what the stream is."""

import os
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TextIO

OPTION, ALIAS, OFF = "--color", "--colour", "--no-color"


class Colour(StrEnum):
    """When to use colours. ``AUTO``: in a terminal, unless the environment says otherwise."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def chosen_colour(arguments: Sequence[str]) -> Colour:
    """Return the value of the last ``--color``; an unknown one is ignored here: the option itself refuses it."""
    chosen = Colour.AUTO
    for index, argument in enumerate(arguments):
        name, _equals, value = argument.partition("=")
        if name == OFF:
            chosen = Colour.NEVER
        elif name in {OPTION, ALIAS}:
            word = value or next(iter(arguments[index + 1 :]), "")
            chosen = Colour(word) if word in set(Colour) else chosen
    return chosen


def has_colour(chosen: Colour, stream: TextIO, environment: Mapping[str, str] | None = None) -> bool:
    """Return whether to write colours to ``stream``. As the conventions NO_COLOR and FORCE_COLOR have it."""
    variables = os.environ if environment is None else environment
    if chosen is not Colour.AUTO:
        return chosen is Colour.ALWAYS
    if variables.get("NO_COLOR"):
        return False
    if variables.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return stream.isatty() and variables.get("TERM") != "dumb"
