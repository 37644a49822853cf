"""Kraken Futures: the envelope of an answer, ``{"result": "success", ...}``; history and keys have none."""

from auditor.exchanges.shared.envelopes import whole_body

unwrap = whole_body
UNAUTHORIZED = "unauthorized"


def error_code(body: object) -> tuple[str, str] | None:
    """Return code and message of an error answer, None for a success and for a body without an envelope."""
    if not isinstance(body, dict):
        return None
    if body.get("status") == UNAUTHORIZED and "reason" in body:
        # The history API has words of its own for a key that it does not answer (HTTP 401).
        return UNAUTHORIZED, str(body["reason"])
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    code = body.get("error") or (first.get("code") if isinstance(first, dict) else first)
    if code is None and body.get("result", "success") == "success":
        return None
    message = body.get("message") or (first.get("message") if isinstance(first, dict) else None) or code
    return str(code or ""), str(message or "")
