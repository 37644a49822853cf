"""What a value of an answer can be, and the forms by which it is known."""

import re
from dataclasses import dataclass
from enum import Enum

from auditor.i18n import mark

NUMERIC = re.compile(r"[+-]?[0-9]{1,64}(?:\.[0-9]{1,64})?(?:[eE][+-]?[0-9]{1,2})?", re.ASCII)
EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+", re.ASCII)
ADDRESS = re.compile(r"(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9.])|(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{0,4}")
URL = re.compile(r"[a-z]{2,10}://\S+", re.ASCII)
MOMENT = re.compile(
    r"[12][0-9]{3}-[01][0-9]-[0-3][0-9](?:[T ][0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?)?Z?(?:\+00:?00)?"
)
CODE_OF_ASSET = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9$]{1,24}(?:[-_/:.+][A-Za-z0-9]{1,16}){0,5}", re.ASCII)


class ValueKind(Enum):
    """How a value is replaced; the word is the one that the user reads."""

    KEPT = mark("kept")
    AMOUNT = mark("amounts")
    TIME = mark("times")
    ID = mark("ids")
    NAME = mark("names, labels, addresses and other texts")
    KEY = mark("API keys")
    EMAIL = mark("e-mail addresses")
    IP = mark("IP addresses")
    URL = mark("links")
    MESSAGE = mark("messages")


@dataclass(frozen=True, slots=True)
class ValuePlace:
    """Where a value stands.

    ``public``: in an answer that is the same for everybody; ``reference``: in a list of coins or markets; ``failed``:
    in an error; ``counted``: beside a list; ``root``: the answer itself; ``top``: directly in it; ``param``: among the
    parameters of a request.
    """

    public: bool = False
    reference: bool = False
    failed: bool = False
    counted: bool = False
    root: bool = False
    top: bool = False
    param: bool = False
