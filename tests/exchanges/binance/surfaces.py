"""Binance's table as the tests go through it, and which of its surfaces sent a request."""

from collections.abc import Callable

from auditor.demo import Call, Fault, Reply
from auditor.exchanges.registry import load
from auditor.spec.surface import Surface

EXCHANGE = load("binance")
SURFACES = {surface.id: surface for surface in EXCHANGE.surfaces}


def path(surface: Surface) -> str:
    """The path as the demo exchange names it."""
    return (EXCHANGE.prefix_of(surface) + surface.path).removeprefix("/")


def asked_by(call: Call) -> str | None:
    """The surface that made this request: of several at one path, the one most of whose parameters it carries."""
    fitting = [
        (len(query.params), surface.id)
        for surface in EXCHANGE.all()
        for query in surface.queries
        if (surface.method, path(surface)) == (call.method, call.path) and query.params.items() <= call.query.items()
    ]
    return max(fitting)[1] if fitting else None


def only_at(surface: Surface, answer: Callable[[Call], Reply | None]) -> Fault:
    """The fault that strikes this surface's requests and those that cannot be told from them."""
    at = path(surface)
    same = {one.id for one in EXCHANGE.surfaces if (one.endpoint, one.queries) == (surface.endpoint, surface.queries)}
    return lambda call: answer(call) if call.path == at and asked_by(call) in same else None
