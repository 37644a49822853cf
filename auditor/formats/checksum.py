"""SHA-256 checksum inside a report, which one line of Python can verify.

It is computed over the bytes of the file with the 64 digits of every ``sha256:...`` replaced by zeros, so that the
report can contain it. It shows that a file was not changed since; it does not show who wrote it.
"""

import codecs
import hashlib
import re

PLACEHOLDER = f"sha256:{'0' * 64}"
# The command that checks a file; it needs only Python.
CHECK = (
    'python -c "import hashlib,re,sys;'
    "print(hashlib.sha256(re.sub(rb'sha256:[0-9a-f]{64}',b'sha256:'+b'0'*64,open(sys.argv[1],'rb').read())).hexdigest())\""
)
_DIGEST = re.compile(rb"sha256:[0-9a-f]{64}", re.ASCII)


def digest(data: bytes) -> str:
    """Return the digest of a report's bytes, in the form ``sha256:...``."""
    return f"sha256:{hashlib.sha256(_DIGEST.sub(PLACEHOLDER.encode(), data)).hexdigest()}"


def seal(text: str, encoding: str = "utf-8") -> str:
    """Replace `PLACEHOLDER` in ``text`` by its digest; ``encoding``: that of its file."""
    return text.replace(PLACEHOLDER, digest(text.encode(encoding, "backslashreplace")))


def is_sealed(data: bytes, written: object) -> bool:
    """Return whether ``written``, the digest in a report's bytes, is theirs.

    A mark of their order and line ends of Windows do not count: a console adds both to what is sent into a file.
    """
    plain = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    return written == digest(data) or written == digest(plain)
