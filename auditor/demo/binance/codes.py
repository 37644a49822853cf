"""Binance's error codes: message and HTTP status.

Source: github.com/binance/binance-spot-api-docs, errors.md (January 2025); those beyond -3000 from Binance's margin,
wallet and portfolio margin documentation and, for sub-accounts, from what real accounts were answered in August 2026.
"""

from __future__ import annotations

from typing import Any

from auditor.demo.binance.endpoint import RefusedError

MESSAGES: dict[int, str] = {
    -1002: "You are not authorized to execute this request.",
    -1003: "Too much request weight used; current limit is {} request weight per 1 MINUTE.",
    -1016: "This service is no longer available.",
    -1021: "Timestamp for this request is outside of the recvWindow.",
    -1022: "Signature for this request is not valid.",
    -1102: "Mandatory parameter '{}' was not sent, was empty/null, or malformed.",
    -1104: "Not all sent parameters were read; read '{}' parameter(s) but was sent '{}'.",
    -1127: "More than {} hours between startTime and endTime.",
    -2008: "Invalid Api-Key ID.",
    -2014: "API-key format invalid.",
    -2015: "Invalid API-key, IP, or permissions for action.",
    -3003: "Margin account does not exist.",
    -8012: "Sub-account function is not enabled.",
    -9000: "Sub-account function is not enabled.",
    -11001: "Isolated margin account does not exist.",
    -12022: "This endpoint is allowed to request from sub account only",
    -12023: "This endpoint is allowed to request from master account only",
    -21001: "Request ID is not a Portfolio Margin Account.",
}
_STATUS = {-2008: 401, -2014: 401, -2015: 401, -1003: 429}


def body(refused: RefusedError) -> tuple[int, dict[str, Any]]:
    """Give HTTP status and JSON body of a refusal."""
    status = refused.status if refused.status != 400 else _STATUS.get(refused.code, 400)  # noqa: PLR2004 - the default
    return status, {"code": refused.code, "msg": MESSAGES.get(refused.code, "Refused").format(*refused.names)}
