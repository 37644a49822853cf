"""The difference between this computer's clock and the exchange's.

An exchange refuses a signature whose time is too far from its own.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from auditor.model.clock import now
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.answer_errors import ExchangeError
from auditor.transport.clock_steps import ClockSteps

# No exchange accepts an older signature, so no clock that it accepts is further behind.
AHEAD = timedelta(minutes=1)
Ask = Callable[[Endpoint], Awaitable[object]]


class ExchangeClock:
    """The exchange's time: this computer's, until a signature is refused for its time.

    Then it is set once, and again where this computer's clock was set since.
    """

    def __init__(self, exchange: Exchange, ccxt: Any) -> None:
        """Prepare to set the clock of ``ccxt``, which signs.

        ``skew``: seconds that this computer's clock is behind, None while the exchange was never asked; ``times_set``:
        how often it was set, by which a request knows whether it was signed before.
        """
        self.skew: float | None = None
        self.times_set = 0
        self._lookup = exchange.clock
        self._codes = exchange.api.clock_codes
        self._ccxt = ccxt
        self._steps = ClockSteps()
        self._turn = asyncio.Lock()

    async def was_set_after(self, answer: ExchangeError, signed: int, ask: Ask) -> bool:
        """Set the clock where it caused a refusal, and return whether the request may be signed again.

        ``signed``: how often the clock had been set when the request was signed: others may be refused at the same
        moment. Raises what ``ask`` does.
        """
        if answer.code not in self._codes:
            return False
        async with self._turn:
            if signed == self.times_set:
                if self.skew is not None and not self._steps.was_set(now()):
                    return False
                await self._set(ask)
                self.times_set += 1
            return True

    async def _set(self, ask: Ask) -> None:
        """Set the signing clock to the exchange's time."""
        self.skew, self._steps = self.skew or 0.0, ClockSteps()
        endpoint = self._lookup.endpoint
        if endpoint is not None:
            server = self._lookup.answer(endpoint.rows(await ask(endpoint))[0])
            self.skew = (server - now()).total_seconds()
            self._ccxt.options["timeDifference"] = -round(self.skew * 1000)

    def end(self) -> datetime:
        """Return the exchange's time plus `AHEAD`, so that a list that ends there is complete with a slow clock too."""
        return now() + timedelta(seconds=self.skew or 0) + AHEAD
