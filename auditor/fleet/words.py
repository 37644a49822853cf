"""Names that a template of credentials, a file system, a label and a shell can all hold."""

import re

LONGEST = 128
"""Characters of a name, a uid, an egress or a tag."""
# The first sign is none that begins an option or hides a file.
_WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*", re.ASCII)


def is_word(text: str) -> bool:
    """Return whether a text is such a name."""
    return len(text) <= LONGEST and ".." not in text and _WORD.fullmatch(text) is not None
