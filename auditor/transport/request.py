"""One account's requests: rate-limited, with bounded retries.

They return an answer's data or raise `RequestFailedError`.
"""

from asyncio import Lock
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from math import inf
from typing import Any

from auditor.i18n import _
from auditor.model.snapshot import Trouble
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.transport.ccxt.answer_errors import BadBodyError, ExchangeError
from auditor.transport.ccxt.loader import network_errors
from auditor.transport.clock import ExchangeClock
from auditor.transport.errors import (
    UNREACHABLE,
    RequestFailedError,
    malformed_unread,
    network_failure,
    pause_unread,
    request_failure,
)
from auditor.transport.login import Login
from auditor.transport.paths import odd_part
from auditor.transport.rate_limit import RateLimits
from auditor.transport.retry import request_policy, retry
from auditor.transport.session_pool import SessionPool
from auditor.transport.silence import PATIENCE, OnHoldError


class RequestSender:
    """Sends the requests of the exchange's table through the guarded ``ccxt``."""

    def __init__(self, exchange: Exchange, ccxt: Any, host: SessionPool, pace: float, *, readonly: bool = True) -> None:
        """Prepare to send requests through ``host``, whose public limits all accounts share.

        ``readonly``: use no login that may do more than read.
        """
        self.clock = ExchangeClock(exchange, ccxt)
        self._exchange = exchange
        self._ccxt = ccxt
        self._host = host
        self._retries = request_policy(_is_transient, pace)
        self._private = RateLimits(
            pace,
            host.limits.turns,
            host.limits.silence,
            partial(host.report_pause, exchange.id),
            trips=host.limits.trips,
        )
        self._order = Lock()
        self._login = Login(exchange, ccxt, readonly=readonly)
        self._urgent = {endpoint.name for endpoint in exchange.urgent_endpoints()}

    async def ask(self, endpoint: Endpoint, params: Mapping[str, str], right: str) -> object:
        """Return the data of one answer. Raises RequestFailedError when retries are used up or would not help.

        ``right``: the right that the key needs. An id that could lead elsewhere is not sent: that place is not read.
        """
        odd = odd_part(endpoint.path, params)
        if odd is not None:
            fault = MalformedError(_("{name} is not {kind}").format(name=odd, kind=_("a text")))
            raise RequestFailedError(malformed_unread(fault), retry=False)
        return await retry(lambda: self._once(endpoint, params, right), self._retries)

    async def _once(self, endpoint: Endpoint, params: Mapping[str, str], right: str) -> object:
        signed = self.clock.times_set
        try:
            return self._exchange.api.unwrap(await self._sent(endpoint, params))
        except OnHoldError as hold:
            raise RequestFailedError(pause_unread(hold), retry=False) from hold
        except ExchangeError as answer:
            failed = request_failure(answer, self._exchange, right, self._ccxt.exceptions.get("exact", {}))
            self._keep_silent(endpoint, answer)
            if failed.unread.trouble is Trouble.LIMITED:
                self._host.limits.trips.refute()
            if self._login.is_over(answer) or await self._was_clock_set(endpoint, answer, signed, right):
                failed = replace(failed, retry=True)
            raise failed from answer
        except BadBodyError as error:
            raise RequestFailedError(malformed_unread(error), retry=error.again) from error
        except (network_errors(), *UNREACHABLE) as error:
            raise network_failure(error) from error

    async def _was_clock_set(self, endpoint: Endpoint, answer: ExchangeError, signed: int, right: str) -> bool:
        """Return whether the clock caused a refusal and is set now; it sets no clock by its own refusal."""
        if endpoint is self._exchange.clock.endpoint:
            return False
        return await self.clock.was_set_after(answer, signed, lambda clock: self._once(clock, {}, right))

    def _keep_silent(self, endpoint: Endpoint, answer: ExchangeError) -> None:
        """Ask nothing more from this pool of requests where the exchange locks the key out for a while."""
        meaning = self._exchange.api.errors.get(answer.code or "")
        if meaning is not None and meaning.silence:
            _address, pool = self._private.silences(endpoint.path, endpoint.limit)
            pool.extend(meaning.silence)

    async def _sent(self, endpoint: Endpoint, params: Mapping[str, str]) -> object:
        """Return the answer's body; a request that a short pause kept from leaving is sent after it."""
        await self._login.before(endpoint, lambda login, asked: self._once(login, asked, ""))
        while True:
            try:
                return await self._next(endpoint, params)
            except OnHoldError as hold:
                if hold.seconds > PATIENCE:
                    raise

    async def _next(self, endpoint: Endpoint, params: Mapping[str, str]) -> object:
        """Return the answer's body; where requests must arrive in order, the one before it was answered."""
        if endpoint.public or not self._exchange.api.in_order:
            return await self._permitted(endpoint, params)
        async with self._order:
            return await self._permitted(endpoint, params)

    async def _permitted(self, endpoint: Endpoint, params: Mapping[str, str]) -> object:
        name = endpoint.path + (params.get(endpoint.limit_by, "") if endpoint.limit_by else "")
        limits = self._host.limits if endpoint.limit.shared or endpoint.public else self._private
        urgency = inf if endpoint.name in self._urgent else endpoint.wait
        async with limits.permit(name, endpoint.limit, urgency):
            sections, method = endpoint.ccxt_section.split("."), endpoint.method
            answer: object = await self._ccxt.fetch2(endpoint.path, sections, method, endpoint.typed(params))
            return answer


def _is_transient(error: BaseException) -> bool:
    return isinstance(error, RequestFailedError) and error.retry
