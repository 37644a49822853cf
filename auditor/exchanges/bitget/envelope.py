"""Bitget: every answer has its data in ``data`` beside a ``code``, "00000" where it is no error."""

from auditor.exchanges.shared.envelopes import data_in

SUCCESS = "00000"

unwrap = data_in("data")


def error_code(body: object) -> tuple[str, str] | None:
    """Return code and message of an error answer, None for a success.

    A body without the envelope is none either. Some pages of the documentation write ``message`` for ``msg``.
    """
    if not isinstance(body, dict) or body.get("code") == SUCCESS:
        return None
    code = body.get("code")
    return "" if code is None else str(code), str(body.get("msg") or body.get("message") or "")
