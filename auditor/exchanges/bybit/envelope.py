"""Bybit: the envelope of every answer, ``{"retCode": 0, "retMsg": "OK", "result": ...}``.

The pages about P2P write ``ret_code`` and ``ret_msg``.
"""

from auditor.exchanges.shared.envelopes import data_in

CODES, MESSAGES = ("retCode", "ret_code"), ("retMsg", "ret_msg")
SUCCESS = "0"

unwrap = data_in("result")


def error_code(body: object) -> tuple[str, str] | None:
    """Return code and message of an error answer, None for a success; an answer without a code is an error."""
    if not isinstance(body, dict):
        return None
    codes = [str(body[name]) for name in CODES if body.get(name) is not None]
    if codes and all(code == SUCCESS for code in codes):
        return None
    failed = next((code for code in codes if code != SUCCESS), "")
    return failed, next((str(body[name]) for name in MESSAGES if body.get(name)), "")
