"""A report's own SHA-256: written into the report, and checked by anyone with a line of Python.

It is taken over the bytes of the file with the 64 digits of every ``sha256:...`` in it replaced by zeros, so that the
report can carry its own. It shows that a file is as it was written; it does not show who wrote it.
"""

import hashlib
import re

PLACEHOLDER = f"sha256:{'0' * 64}"
# What a person types to check a file; it needs nothing but Python.
CHECK = (
    'python -c "import hashlib,re,sys;'
    "print(hashlib.sha256(re.sub(rb'sha256:[0-9a-f]{64}',b'sha256:'+b'0'*64,open(sys.argv[1],'rb').read())).hexdigest())\""
)
_DIGEST = re.compile(rb"sha256:[0-9a-f]{64}", re.ASCII)


def digest(data: bytes) -> str:
    """Give the digest of a report's bytes, as the report writes it."""
    return f"sha256:{hashlib.sha256(_DIGEST.sub(PLACEHOLDER.encode(), data)).hexdigest()}"


def seal(text: str, encoding: str = "utf-8") -> str:
    """Put the digest of ``text`` where it has `PLACEHOLDER`; ``encoding``: what a file of it is written in."""
    return text.replace(PLACEHOLDER, digest(text.encode(encoding, "backslashreplace")))
