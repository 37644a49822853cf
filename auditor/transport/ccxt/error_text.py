"""The code and the words of an error answer, by the field names that exchanges use."""

from collections.abc import Mapping

SPOKEN = (
    "retMsg",
    "msg",
    "message",
    "err_msg",
    "err-msg",
    "error_description",
    "error_details",
    "error",
    "detail",
    "label",
)
CODES = ("retCode", "ret_code", "code", "err_code", "err-code", "label", "error", "status", "errorCode")
# Codes of a success: in an answer that is none they mean nothing.
SUCCESS = frozenset({"0", "00000", "000000", "200", "200000", "ok", "OK", "success", "true"})
LONGEST = 300


def spoken_error(decoded: object, body: object) -> tuple[str | None, str]:
    """Return the code (None: none of an error) and the message ("": none) of an error answer.

    ``body``: the answer as it came; a plain text that is no JSON is the message.
    """
    if not isinstance(decoded, dict):
        return None, _plain(body) if decoded is None else ""
    fields = _inner(decoded)
    code = _first_text(fields, CODES)
    return None if code in SUCCESS else code, (_first_text(fields, SPOKEN) or "")[:LONGEST]


def error_codes(decoded: object) -> tuple[str, ...]:
    """Return every code in an error answer: some exchanges give a number beside a word."""
    fields = _inner(decoded) if isinstance(decoded, dict) else {}
    values = (fields.get(name) for name in CODES)
    return tuple(
        str(code) for value in values for code in (value if isinstance(value, list) else [value]) if code is not None
    )


def _inner(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Return the first of several errors, or the object that holds the error, where there is one."""
    errors, error = fields.get("errors"), fields.get("error")
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        return {**errors[0], "code": errors[0].get("id") or errors[0].get("code")}
    return {**fields, **error} if isinstance(error, dict) else fields


def _first_text(fields: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, list) and value:
            return ", ".join(map(str, value))
    return None


def _plain(body: object) -> str:
    text = " ".join(body.split()) if isinstance(body, str) else ""
    return "" if text[:1] in {"<", "{", "["} else text[:LONGEST]
