"""Sign paths that ccxt knows and signs in an old way as it signs others of the same exchange."""

from typing import Any

from auditor.spec.exchange import Exchange


def signing_class(base: Any, exchange: Exchange) -> Any:
    """Return ccxt's class ``base`` that signs certain paths of the exchange as others."""
    paths = exchange.api.signed_like
    if not paths:
        return base

    class Signing(base):  # type: ignore[misc]
        """Signs as ccxt does, a path of the table as if another stood before it."""

        def sign(self, path: Any, api: Any = "public", method: Any = "GET", params: Any = None, *rest: Any) -> Any:
            """Return URL, method, body and headers of a request."""
            like = next((like for begin, like in paths.items() if str(path).startswith(begin)), "")
            signed = super().sign(f"{like}{path}", api, method, params or {}, *rest)
            return {**signed, "url": signed["url"].replace(f"/{like}{path}", f"/{path}", 1)} if like else signed

    Signing.__name__ = Signing.__qualname__ = base.__name__
    return Signing
