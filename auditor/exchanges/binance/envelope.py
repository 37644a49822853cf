"""Binance: the data and the error code of an answer."""

SUCCESS_CODES = frozenset({"0", "000000", "000000000", "200"})


def unwrap(body: object) -> object:
    """Return the body unchanged: Binance has no envelope common to all answers."""
    return body


def error_code(body: object) -> tuple[str, str] | None:
    """Return code and message of an error answer, None for a success.

    Some successes have an envelope, most do not.
    """
    if not isinstance(body, dict):
        return None
    code = body.get("code")
    if (code is None or code in SUCCESS_CODES) and body.get("success") is not False:
        return None
    return str(code), str(body.get("msg") or body.get("message") or "")
