"""Suggestions for an unknown word."""

import difflib
from collections.abc import Iterable

from auditor.i18n import Message, Text, _


def unknown(kind: Text, word: str, known: Iterable[str]) -> Message:
    """Return a sentence that suggests the known word nearest to ``word``, or lists all of them.

    ``kind``: the kind of word, such as "exchange".
    """
    choices = sorted(known)
    near = difflib.get_close_matches(word.lower(), choices, n=1)
    if near:
        return _("Unknown {what} {word!r}. Did you mean {near}?").format(what=kind, word=word, near=near[0])
    return _("Unknown {what} {word!r}. Known: {known}.").format(what=kind, word=word, known=", ".join(choices))
