"""Bybit on the demo server: authentication, rights, rate limits and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from auditor.demo.bybit import account_answers as answers
from auditor.demo.bybit.endpoints import LISTS
from auditor.demo.bybit.lists import listed
from auditor.demo.bybit.market import INSTRUMENTS, TICKERS, coins, market
from auditor.demo.bybit.protocol import authenticate, p2p_result, parameters, refusal, result
from auditor.demo.bybit.spec import Endpoint
from auditor.demo.model import NOBODY, Account
from auditor.demo.venue import Answer, Query, Request, State

Key = tuple[str, str]
_TIME, _STATUS = "/v5/market/time", "/v5/system/status"
PUBLIC = frozenset({INSTRUMENTS, TICKERS, _TIME, _STATUS})
_WALLET = "Wallet.AccountTransfer"
_FIFTY = (50, 1)
# Answers that are no plain lists: their limits and rights.
SINGLE: dict[Key, tuple[Endpoint, Callable[[Query], Any]]] = {
    ("GET", "/v5/user/query-api"): (Endpoint(limit=(10, 1)), answers.key),
    ("GET", "/v5/account/info"): (Endpoint(limit=_FIFTY), answers.account_info),
    ("GET", answers.UNIFIED): (Endpoint(limit=_FIFTY), answers.wallet_balance),
    ("GET", answers.COINS_BALANCE): (Endpoint(limit=(5, 1), right=_WALLET), answers.coins_balance),
    ("GET", "/v5/user/get-member-type"): (Endpoint(limit=(10, 1)), answers.wallet_types),
    ("GET", answers.OVERVIEW): (Endpoint(limit=_FIFTY), answers.overview),
    ("GET", "/v5/asset/total-members-assets"): (
        Endpoint(limit=_FIFTY, right=_WALLET, main_only=True),
        answers.members,
    ),
    ("GET", "/v5/crypto-loan-common/position"): (
        Endpoint(limit=(5, 1), right="Spot.SpotTrade"),
        answers.loan_position,
    ),
    ("POST", "/fht/compliance/tax/v3/private/registertime"): (Endpoint(), answers.registered),
    ("GET", "/v5/earn/token/position"): (Endpoint(limit=(10, 1), right="Earn.Earn"), answers.byusdt),
    ("GET", "/v5/asset/coin/query-info"): (Endpoint(limit=(5, 1)), coins),
    ("GET", INSTRUMENTS): (Endpoint(), market),
    ("GET", TICKERS): (Endpoint(), market),
}
_SPREADS, _UNIFIED_ONLY = "/v5/spread/order/realtime", ("/v5/strategy/", "/v5/account/collateral-info")
_ADDRESS = (600, 5)
"""Requests, and seconds, of one address over all paths."""


class BybitVenue:
    """Bybit's V5 REST protocol."""

    id = "bybit"
    prefixes = ("/v5/", "/fht/")
    services: tuple[str, ...] = ()

    def describe(self, request: Request) -> tuple[str, dict[str, str]]:
        """Return path and parameters as they were sent."""
        return request.path, dict(parameters(request))

    def authenticate(self, request: Request, state: State) -> Account:
        """Find the account that signed a request, `NOBODY` for a public or unknown path. Raises RefusedError."""
        known = _endpoint(request) is not None and request.path not in PUBLIC
        return authenticate(request, state) if known else NOBODY

    def admit(self, request: Request, account: Account, state: State) -> Mapping[str, str]:
        """Check rights and rate limits; return the headers about them. Raises RefusedError."""
        endpoint = _endpoint(request)
        if endpoint is None:
            return {}
        if account is not NOBODY:
            _check_rights(endpoint, account)
            _check_mode(request.path, account)
        return {} if state.limiter is None else _count(endpoint, request, account, state)

    def answer(self, request: Request, account: Account, state: State) -> Answer:
        """Answer a request that was admitted. Raises RefusedError; nothing is ever written."""
        key = (request.method, request.path)
        path, params = self.describe(request)
        query = Query(path, params, account)
        if key == ("GET", _TIME):
            nanoseconds = int(request.now * 1_000_000_000)
            return Answer(200, result({"timeSecond": str(int(request.now)), "timeNano": str(nanoseconds)}))
        if key == ("GET", _STATUS):
            return Answer(200, result({"list": list(state.status_rows)}))
        if key in SINGLE:
            return Answer(200, SINGLE[key][1](query))
        if key not in LISTS:
            return Answer(404, "")
        value = listed(query, LISTS[key], int(request.now * 1000))
        return Answer(200, p2p_result(value) if path.startswith("/v5/p2p/") else result(value))


VENUE = BybitVenue()


def _endpoint(request: Request) -> Endpoint | None:
    key = (request.method, request.path)
    if key in SINGLE:
        return SINGLE[key][0]
    return LISTS.get(key) or (Endpoint() if request.path in {_TIME, _STATUS} else None)


def _check_rights(endpoint: Endpoint, account: Account) -> None:
    group, _dot, right = endpoint.right.partition(".")
    granted = (account.key.get("permissions") or {}).get(group, ())
    is_sub = account.key.get("isMaster") is False
    if (right and right not in granted) or (endpoint.main_only and is_sub):
        raise refusal(10005, "Permission denied, please check your API key permissions.")


def _check_mode(path: str, account: Account) -> None:
    """Raise RefusedError for what the account's mode does not have."""
    status = answers.status_of(account)
    if path == _SPREADS and status < 5:  # noqa: PLR2004 - 5 and 6 are UTA 2.0
        raise refusal(110111, "To access spread trading, upgrade to the latest version of UTA")
    if path == _SPREADS and answers.is_isolated(account):
        raise refusal(110110, "Spread trading is not available in isolated margin trading mode")
    if path.startswith(_UNIFIED_ONLY) and status == 1:
        raise refusal(10028, "The API can only be accessed by unified account users.")


def _count(endpoint: Endpoint, request: Request, account: Account, state: State) -> Mapping[str, str]:
    limiter = state.limiter
    if limiter is None:
        return {}
    if not limiter.admit(("address", request.address), *_ADDRESS):
        raise refusal(403, "access too frequent", 403)
    requests, seconds = endpoint.limit
    if request.path not in PUBLIC and not limiter.admit((request.path, account.apikey), requests, seconds):
        raise refusal(10006, "Too many visits. Exceeded the API Rate Limit.")
    return {"X-Bapi-Limit": str(requests)}
