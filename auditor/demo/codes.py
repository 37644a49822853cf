"""OKX's error codes: number, HTTP status and message as documented.

Source: https://www.okx.com/docs-v5/en/#error-code. 50011 is sent with HTTP 429 and 50119 with HTTP 401, as they have
been seen; the June 2026 text lists 200 for both.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).parent / "reference"


class RefusedError(Exception):
    """An answer other than success: an exchange code, and what its message has to name."""

    def __init__(self, code: str, *names: str) -> None:
        """Take the code, and the names that stand in its message."""
        super().__init__(code)
        self.code = code
        self.names = names


def body(code: str, *names: str) -> tuple[int, dict[str, Any]]:
    """Give HTTP status and JSON body of a refusal."""
    status, template = _codes().get(code, (200, "Refused"))
    message = template
    for index, name in enumerate(names):
        message = message.replace(f"{{param{index}}}", name)
    return status, {"code": code, "data": [], "msg": message}


@cache
def _codes() -> dict[str, tuple[int, str]]:
    entries = json.loads((REFERENCE / "codes.json").read_text(encoding="utf-8"))
    return {code: (status, message) for code, (status, message) in entries.items()}
