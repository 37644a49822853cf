"""Nonces that always rise, for exchanges that refuse one that is not above the last one of its key.

A clock may be set back in the middle of an audit, and the next audit of the key has an object of its own. ccxt (4.5.90)
takes nonces that must rise from ``incrementing_nonce``, and the time of a signature from ``nonce``: that stays what the
clock says, since an exchange that looks at it refuses any other.
"""

from hashlib import sha256
from threading import Lock
from typing import Any

RISING = frozenset({"btcbox", "coincheck"})
"""Exchanges whose ``nonce`` is no time and must rise: btcbox.co.jp/api/doc/v1, coincheck.com/documents/exchange/api."""
_LAST: dict[bytes, int] = {}
"""The last nonce of each key of this process, by a hash of exchange and key."""
_TURN = Lock()


def with_rising_nonces(base: Any) -> Any:
    """Return ccxt's class ``base`` with nonces that rise in this process, whatever the clock says."""

    class WithRisingNonces(base):  # type: ignore[misc]
        """Takes each nonce above the last one of the key."""

        def incrementing_nonce(self) -> int:
            """Return a nonce above the last one."""
            return self._above_last(int(super().nonce()))

        def nonce(self) -> Any:
            """Return the time that a signature is made with, or a nonce where it must rise."""
            return self._above_last(int(super().nonce())) if self.id in RISING else super().nonce()

        def custom_nonce(self) -> str:
            """Return Zaif's nonce: seconds with eight decimal places, which must rise (corp.zaif.jp/api-docs)."""
            seconds, thousandths = divmod(self._above_last(self.milliseconds()), 1000)
            return f"{seconds}.{thousandths:03d}00000"

        def _above_last(self, nonce: int) -> int:
            key = sha256(f"{self.id} {self.apiKey}".encode()).digest()
            with _TURN:
                _LAST[key] = max(nonce, _LAST.get(key, 0) + 1)
                return _LAST[key]

    return WithRisingNonces
