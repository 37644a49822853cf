"""Nonces that always grow: some exchanges refuse a repeated one."""

from typing import Any


def with_increasing_nonces(base: Any) -> Any:
    """Return ccxt's class ``base`` with nonces that always grow, two requests of one millisecond included."""

    class WithIncreasingNonces(base):  # type: ignore[misc]
        """Remembers its last nonce."""

        _last_nonce = 0

        def nonce(self) -> Any:
            """Return a nonce above the last one."""
            self._last_nonce = max(int(super().nonce()), self._last_nonce + 1)
            return self._last_nonce

    return WithIncreasingNonces
