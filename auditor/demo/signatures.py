"""Building blocks of request signatures, for all exchanges."""

from __future__ import annotations

import base64
import hashlib
import hmac

from auditor.demo.pages import is_whole


def hmac_hex(secret: str, text: str, algorithm: str = "sha256") -> str:
    """Sign a text, in hexadecimal."""
    return hmac.new(to_bytes(secret), to_bytes(text), algorithm).hexdigest()


def hmac_base64(secret: str, text: str) -> str:
    """Sign a text with SHA-256, in base64."""
    return base64.b64encode(hmac.new(to_bytes(secret), to_bytes(text), hashlib.sha256).digest()).decode()


def is_same(expected: str, given: str) -> bool:
    """Compare two texts in constant time."""
    return hmac.compare_digest(to_bytes(expected), to_bytes(given))


def is_near(timestamp: str, now: float, window: float) -> bool:
    """Return whether a whole number, in the unit of `now`, differs from it by `window` at most."""
    return is_whole(timestamp) and abs(now - int(timestamp)) <= window


def to_bytes(text: str) -> bytes:
    """Encode a received text to its original bytes."""
    return text.encode("utf-8", "surrogateescape")
