"""The login before the JSON-RPC requests of an account: its token is kept in memory only, and only for this pass."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from auditor.i18n import _
from auditor.model.snapshot import Trouble, Unread
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange, TokenLogin
from auditor.spec.parsed_row import Row
from auditor.transport.ccxt.answer_errors import ExchangeError
from auditor.transport.errors import RequestFailedError

NO_PARAMETERS: Mapping[str, str] = MappingProxyType({})
Send = Callable[[Endpoint, Mapping[str, str]], Awaitable[object]]


class Login:
    """Logs in before the first JSON-RPC request, and again once a token is no longer accepted."""

    def __init__(self, exchange: Exchange, ccxt: Any, *, readonly: bool) -> None:
        """Prepare to log in. ``readonly``: use no token that may do more than read."""
        self._exchange = exchange
        self._ccxt = ccxt
        self._readonly = readonly
        self._lock = asyncio.Lock()
        self._refusal: RequestFailedError | None = None

    async def before(self, endpoint: Endpoint, send: Send) -> None:
        """Log in unless ``endpoint`` is public. Raises RequestFailedError for a login that is refused.

        ``send``: sends the login and returns the answer's data.
        """
        login = self._exchange.api.login
        if login is None or not endpoint.rpc or endpoint.public:
            return
        async with self._lock:
            if self._refusal is not None:
                raise self._refusal
            if not self._ccxt.session_token:
                self._ccxt.session_token = await self._token(login, send)

    def is_over(self, error: ExchangeError) -> bool:
        """Return whether ``error`` says that the token is no longer accepted; it is forgotten then."""
        login = self._exchange.api.login
        if login is None or error.code not in login.expired or not self._ccxt.session_token:
            return False
        self._ccxt.session_token = ""
        return True

    async def _token(self, login: TokenLogin, send: Send) -> str:
        try:
            (raw,) = login.endpoint.rows(await send(login.endpoint, NO_PARAMETERS))
        except RequestFailedError as failed:
            # Every place behind the login would be refused alike: it is asked once.
            self._refusal = None if failed.retry else failed
            raise
        token = login.read(Row(raw, login.fields))
        if self._readonly and not token.readonly:
            self._refusal = RequestFailedError(too_wide(), retry=False)
            raise self._refusal
        return token.value


def too_wide() -> Unread:
    """Return the Unread for places behind a login that may do more than read."""
    reason = _("The login for these places may do more than read, so that nothing was asked there: use a narrower key.")
    return Unread(reason=reason, trouble=Trouble.SKIPPED)
