"""Unwrap an answer's envelope, in the shapes that several exchanges use."""

from collections.abc import Callable

from auditor.i18n import _
from auditor.spec.fields import MalformedError


def data_in(name: str) -> Callable[[object], object]:
    """Unwrap answers whose data is in field ``name``. Raises MalformedError for one without it."""

    def unwrap(body: object) -> object:
        if not isinstance(body, dict):
            raise MalformedError(_("a row is not an object"))
        if name not in body:
            raise MalformedError(_("{name} is missing").format(name=name))
        return body[name]

    return unwrap


def whole_body(body: object) -> object:
    """Return the answer unchanged: it has no envelope."""
    return body
