"""The difference between this computer's clock and the exchange's.

An exchange refuses a signature whose time is too far from its own.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from auditor.model.clock import now
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.exact import ExchangeError

# No exchange accepts an older signature, so no clock that it accepts is further behind.
AHEAD = timedelta(minutes=1)


class ExchangeClock:
    """The exchange's time: this computer's, until a signature is refused for its time.

    Then it is set once.
    """

    def __init__(self, exchange: Exchange, ccxt: Any) -> None:
        """Prepare to set the clock of ``ccxt``, which signs.

        ``skew``: seconds that this computer's clock is behind, None while the exchange was never asked.
        """
        self.skew: float | None = None
        self._lookup = exchange.clock
        self._codes = exchange.api.clock_codes
        self._ccxt = ccxt

    def is_clock_error(self, answer: ExchangeError) -> bool:
        """Return whether the clock caused a refusal and setting it may help."""
        return self.skew is None and answer.code in self._codes

    async def set(self, ask: Callable[[Endpoint], Awaitable[object]]) -> None:
        """Set the signing clock to the exchange's time, once."""
        self.skew = 0.0
        endpoint = self._lookup.endpoint
        if endpoint is not None:
            server = self._lookup.answer(endpoint.rows(await ask(endpoint))[0])
            self.skew = (server - now()).total_seconds()
            self._ccxt.options["timeDifference"] = -round(self.skew * 1000)

    def end(self) -> datetime:
        """Return the exchange's time plus `AHEAD`, so that a list that ends there is complete with a slow clock too."""
        return now() + timedelta(seconds=self.skew or 0) + AHEAD
