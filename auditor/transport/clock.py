"""This computer's clock against the exchange's, which takes no signature whose time is too far from its own."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.exact import Answered

# No exchange takes a signature that is older, so that no clock it takes is further behind.
AHEAD = timedelta(minutes=1)
CLOCK_CODES = frozenset({"50102"})


class Clock:
    """Taken as right until the exchange refuses a signature for its time, then set once."""

    def __init__(self, exchange: Exchange, ccxt: Any) -> None:
        """Prepare to set the clock of ``ccxt``, which signs. ``skew``: seconds it was behind, None if never asked."""
        self.skew: float | None = None
        self._lookup = exchange.clock
        self._codes = exchange.api.clock_codes or CLOCK_CODES
        self._ccxt = ccxt

    def is_blamed(self, answer: Answered) -> bool:
        """Whether a refusal is for the clock, and setting it may help."""
        return self.skew is None and answer.code in self._codes

    async def set(self, ask: Callable[[Endpoint], Awaitable[object]]) -> None:
        """Take the exchange's time, once: the signature must carry it."""
        self.skew = 0.0
        endpoint = self._lookup.endpoint
        if endpoint is not None:
            server = self._lookup.answer(endpoint.rows(await ask(endpoint))[0])
            self.skew = (server - datetime.now(UTC)).total_seconds()
            self._ccxt.options["timeDifference"] = -round(self.skew * 1000)

    def end(self) -> datetime:
        """The exchange's time, and a little later: a list that ends there is whole, though ours be slow."""
        return datetime.now(UTC) + timedelta(seconds=self.skew or 0) + AHEAD
