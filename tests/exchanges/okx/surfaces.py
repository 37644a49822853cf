"""OKX's table as the tests go through it, and which of its surfaces sent a request."""

from collections.abc import Callable, Iterator

from auditor.demo import Call, Fault, Reply
from auditor.exchanges.registry import load
from auditor.spec.surface import Surface

EXCHANGE = load("okx")
SURFACES = {surface.id: surface for surface in EXCHANGE.surfaces}


def asked_by(call: Call) -> str | None:
    """The surface of the table that made this request: of several at one path, the one whose parameters it carries."""
    fitting = list(_fitting(call))
    return max(fitting)[1] if fitting else None


def _fitting(call: Call) -> Iterator[tuple[int, str]]:
    for surface in EXCHANGE.all():
        for query in surface.queries:
            if surface.path == call.path and query.params.items() <= call.query.items():
                yield len(query.params), surface.id


def only_at(surface: Surface, answer: Callable[[Call], Reply | None]) -> Fault:
    """The fault that strikes this surface's requests and no other's."""
    return lambda call: answer(call) if call.path == surface.path and asked_by(call) == surface.id else None
