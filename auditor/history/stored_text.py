"""Text as every database can hold it: some texts that an exchange may send are none that a column takes.

PostgreSQL refuses a NUL, and neither it nor SQLite takes half of a surrogate pair. JSON allows both.
"""

import re

_REFUSED = re.compile("[\0\ud800-\udfff]")
NUL = "\N{SYMBOL FOR NULL}"
OTHER = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """Return ``text`` with a sign in place of each character that a database refuses."""
    return _REFUSED.sub(lambda found: NUL if found[0] == "\0" else OTHER, text)
