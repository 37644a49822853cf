"""Words of an exchange's answers in a reader's language: states, kinds and sides by the table's own list.

What a list does not name stays visible as it came, marked as unknown: a reader can then look it up.
"""

from collections.abc import Mapping

from auditor.i18n import Text, _


def state_in_words(raw: str, words: Mapping[str, str]) -> Text:
    """Return a state in words; nothing for none."""
    return words[raw] if raw in words else _("unknown state '{state}'").format(state=raw) if raw else ""


def kind_in_words(raw: str, words: Mapping[str, str]) -> Text:
    """Return a kind in words; nothing for none."""
    return words[raw] if raw in words else _("unknown kind '{kind}'").format(kind=raw) if raw else ""


def side_in_words(raw: str, words: Mapping[str, str]) -> Text | None:
    """Return a side in words; None for none, and for one that says nothing, such as a net position."""
    return (words[raw] if raw in words else _("unknown side '{side}'").format(side=raw) if raw else "") or None
