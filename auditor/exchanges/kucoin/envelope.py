"""KuCoin: the envelope of every answer, ``{"code": "200000", "data": ...}``.

Margin lending answers with code 200 and ``success`` (a .NET library, August 2026). Some errors of futures came with
the code of a success, a message and no data (ccxt 4.5.90): such an answer is malformed, never empty.
"""

from auditor.exchanges.shared.envelopes import data_in

unwrap = data_in("data")
SUCCESS_CODES = frozenset({"200000", "200"})
# Codes of which one meaning is that margin trading was never switched on: they count only with its words.
MARGIN_CODES = frozenset({"101030", "130306"})
MARGIN_WORDS = ("margin trading", "leveraged trading")


def error_code(body: object) -> tuple[str, str] | None:
    """Return code and message of an error answer, None for a success and for a body without the envelope."""
    if not isinstance(body, dict):
        return None
    code = body.get("code")
    if code in SUCCESS_CODES and body.get("success") is not False:
        return None
    message = str(body.get("msg") or "")
    is_other = code in MARGIN_CODES and not any(words in message.lower() for words in MARGIN_WORDS)
    return "" if code is None or is_other else str(code), message
