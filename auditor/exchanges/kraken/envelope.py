"""Kraken: the envelope of every answer, ``{"error": [], "result": ...}``.

A call succeeded only if ``error`` is empty; it is HTTP 200 all the same. An account that never had any funding answers
some calls without ``result``.
"""

from auditor.i18n import _
from auditor.spec.fields import MalformedError

MISSING = object()
"""The data of an answer without ``result``, which is neither null nor empty."""


def error_code(body: object) -> tuple[str, str] | None:
    """Return code and message of an error answer, None for a success.

    The code is severity, category and message (``EGeneral:Permission denied``), without the detail behind a further
    colon.
    """
    if not isinstance(body, dict) or body.get("error") == []:
        return None
    errors = body.get("error")
    if not isinstance(errors, list):
        return None if errors is None else ("", str(errors))
    words = [str(error) for error in errors]
    parts = [part.strip() for part in words[0].split(":")]
    return ":".join(parts[:2]), "; ".join(words)


def unwrap(body: object) -> object:
    """Return the result in an answer, `MISSING` where there is none. Raises MalformedError for another envelope."""
    if not isinstance(body, dict) or body.get("error") != []:
        raise MalformedError(_("there is no data in the answer"))
    return body.get("result", MISSING)
