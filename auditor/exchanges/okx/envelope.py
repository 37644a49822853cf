"""OKX: the envelope of every answer, ``{"code": "0", "msg": "", "data": ...}``."""

from auditor.i18n import _
from auditor.spec.fields import MalformedError


def error_code(body: object) -> tuple[str, str] | None:
    """Return code and message of an error answer.

    None for a success, and for a body without OKX's envelope.
    """
    if not isinstance(body, dict) or body.get("code") == "0":
        return None
    code = body.get("code")
    return "" if code is None else str(code), str(body.get("msg") or "")


def unwrap(body: object) -> object:
    """Return the data in an answer. Raises MalformedError when there is none."""
    if not isinstance(body, dict) or body.get("code") != "0" or "data" not in body:
        raise MalformedError(_("there is no data in the answer"))
    return body["data"]
