"""What an exchange's error codes and words mean, and which box of a key opens which request.

``codes/<id>.toml`` lists the codes by kind, as the exchange's documentation explains them. What it does not list is
judged by ccxt's class of the error, which is often a wider one.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from auditor.i18n import mark
from auditor.model.snapshot import Trouble
from auditor.spec.exchange import ErrorMeaning

FOLDER = Path(__file__).parent / "codes"
ANY = "*"
# Seconds: Kraken locks a key out for about a quarter of an hour, Bybit an address for ten minutes.
LOCKOUT, BAN = 900.0, 600.0
Kind = Literal[
    "key",
    "signature",
    "passphrase",
    "clock",
    "nonce",
    "right",
    "address",
    "region",
    "restricted",
    "closed",
    "maintenance",
    "limited",
    "lockout",
    "banned",
    "server",
]
MEANINGS: Mapping[str, ErrorMeaning] = {
    "key": ErrorMeaning(
        Trouble.CREDENTIALS,
        mark("Check the key: it may be mistyped, deleted or expired, or made at another site of the exchange."),
    ),
    "signature": ErrorMeaning(
        Trouble.CREDENTIALS, mark("Check key and secret: they do not belong together, or one is not complete.")
    ),
    "passphrase": ErrorMeaning(Trouble.CREDENTIALS, mark("Check the passphrase: it was chosen with the key.")),
    "clock": ErrorMeaning(Trouble.CREDENTIALS, mark("Set this computer's clock to the right time, and audit again.")),
    "nonce": ErrorMeaning(
        Trouble.CREDENTIALS,
        mark(
            "The key was used with a later time before: set this computer's clock to the right time, and give the "
            "audit a key that no other program uses."
        ),
        retry=True,
    ),
    "right": ErrorMeaning(Trouble.PERMISSION, mark("The key lacks a right that only reads: tick its box.")),
    "address": ErrorMeaning(
        Trouble.CREDENTIALS,
        mark(
            "The key is bound to other IP addresses: add the one that you audit from to its list, or audit from a "
            "listed one."
        ),
    ),
    "region": ErrorMeaning(Trouble.REGION, ""),
    "restricted": ErrorMeaning(
        Trouble.RESTRICTED,
        mark("Finish the verification that the exchange asks for, or contact its support: only it can lift this."),
    ),
    "closed": ErrorMeaning(Trouble.CREDENTIALS, mark("The exchange says that this account is closed or deleted.")),
    "maintenance": ErrorMeaning(Trouble.MAINTENANCE, mark("This passes by itself; audit again later.")),
    "limited": ErrorMeaning(
        Trouble.LIMITED, mark("Another program may use the same address or account; try again."), retry=True
    ),
    "lockout": ErrorMeaning(
        Trouble.LIMITED,
        mark("The key is locked out for a while, since too many requests failed: audit again in a quarter of an hour."),
        silence=LOCKOUT,
    ),
    "banned": ErrorMeaning(
        Trouble.LIMITED, mark("The exchange wants no more questions from here; audit again later."), silence=BAN
    ),
    "server": ErrorMeaning(Trouble.NETWORK, mark("The exchange has trouble of its own; try again later."), retry=True),
}


class ErrorCodes(BaseModel):
    """The error codes of one exchange.

    ``codes``: by kind, each the whole code or its beginning before a colon; ``words``: by kind, in lower case, parts of
    messages that say more than their code; ``boxes``: by name of a right, the requests that it opens: ccxt's path, the
    beginning of one with a slash at its end, ccxt's section, or ``*``; ``good``: the only values of ``code`` in a
    success, where ccxt knows not every error.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    codes: Mapping[Kind, tuple[str, ...]] = {}
    words: Mapping[Kind, tuple[str, ...]] = {}
    boxes: Mapping[str, tuple[str, ...]] = {}
    good: frozenset[str] = frozenset()

    def meaning(self, codes: Iterable[str], message: str) -> ErrorMeaning | None:
        """Return what an error with these codes and words means, None where it is not listed."""
        lower, codes = message.lower(), tuple(codes)
        named = (kind for kind, words in self.words.items() if any(word in lower for word in words))
        coded = (kind for kind, known in self.codes.items() if any(_is(code, one) for code in codes for one in known))
        kind = next(chain(named, coded), None)
        return None if kind is None else MEANINGS[kind]

    def box(self, section: str, path: str) -> str:
        """Return the box of the right that a request needs, "" where it is not known."""
        named = (box for box, places in self.boxes.items() if any(_opens(place, section, path) for place in places))
        return next(named, "")

    def is_error(self, body: object) -> bool:
        """Return whether an answer has a code that no success has."""
        code = body.get("code") if isinstance(body, dict) else None
        return bool(self.good) and code is not None and str(code) not in self.good


@cache
def load_codes(exchange: str) -> ErrorCodes:
    """Return the codes of one exchange; empty where there is no file of them."""
    file = FOLDER / f"{exchange}.toml"
    return ErrorCodes.model_validate(
        tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {"source": ""}
    )


def _is(code: str, known: str) -> bool:
    return code == known or code.startswith(f"{known}:")


def _opens(place: str, section: str, path: str) -> bool:
    return place in {ANY, path, section} or (place.endswith("/") and path.startswith(place))
