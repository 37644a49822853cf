"""The checks of a secret before anything is signed with it. No message repeats one."""

import re
from collections.abc import Iterator

from auditor.i18n import Message, _
from auditor.model.errors import UserError
from auditor.security.own_words import is_own_word
from auditor.security.redaction import SHORTEST

LIKE_AN_AMOUNT = re.compile(r"[0-9.,+-]+")
PEM = "-----BEGIN "
_QUOTES = frozenset("\"'`")


def check_secret(value: str, place: str) -> None:
    """Raise UserError for a malformed secret. ``place``: where it was read, for the message."""
    fault = secret_fault(value)
    if fault is not None:
        raise UserError(
            _("{place} is malformed: {fault}. Copy it again from the exchange.").format(place=place, fault=fault)
        )


def secret_fault(value: str) -> Message | None:
    """Return what is wrong with a secret, None if nothing is."""
    # A private key in PEM form ends with a line end of its own.
    bare = value.strip() if value.startswith(PEM) else value
    return next((fault for fault, present in _faults(bare) if present), None)


def _faults(value: str) -> Iterator[tuple[Message, bool]]:
    yield _("it is blank"), not value.strip()
    yield _("it has white space around it"), value != value.strip()
    yield _("it has quotes around it"), value[:1] in _QUOTES and value[:1] == value[-1:]
    yield (
        _("it has other characters than ASCII letters and signs"),
        not (value.isascii() and _on_one_line(value).isprintable()),
    )
    yield _("it has fewer than {count} characters").format(count=SHORTEST), len(value) < SHORTEST
    yield _("it has no letter, so that no report could tell it from an amount"), bool(LIKE_AN_AMOUNT.fullmatch(value))
    yield _("it is a word that every report contains, where it would be masked"), is_own_word(value)


def _on_one_line(value: str) -> str:
    """Return a private key in PEM form without its line breaks, any other value unchanged."""
    return value.replace("\n", "") if value.startswith(PEM) else value
