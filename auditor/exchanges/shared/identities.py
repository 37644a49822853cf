"""Build an identity from an exchange's answer about a key."""

from datetime import datetime

from auditor.i18n import Message, _
from auditor.model.snapshot import Key
from auditor.spec.fields import Field, Row
from auditor.spec.identity import Identity
from auditor.spec.spelling import respelled

TITLE = "What the key may do, and whose it is"


def identity(
    uid: str,
    key: Key,
    *,
    main: str = "",
    kind: str = "main",
    mode: str | None = None,
    proven: bool = True,
    doubts: tuple[Message, ...] = (),
) -> Identity:
    """Return the identity of a key. ``main``: the main account's uid, if it is another account."""
    return Identity(
        uid=uid,
        main_uid=main or (uid if kind == "main" else ""),
        kind=kind,
        mode=mode,
        key=key,
        proven=proven,
        nameless=not uid,
        doubts=doubts,
    )


def key_row(raw: object, *fields: Field) -> Row:
    """Return the row of an answer about a key, whose fields may come in another spelling.

    Raises MalformedError for one that is not exactly understood.
    """
    return Row(respelled(raw, [field.name for field in fields]), fields)


def period_doubts(start: datetime | None, end: datetime | None) -> tuple[Message, ...]:
    """Return the doubt of a key that shows only a span of time."""
    if start is None and end is None:
        return ()
    return (_("This key sees only a part of the account's history: create one without a query period."),)
