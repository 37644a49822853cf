"""Build an identity from an exchange's answer about a key."""

from auditor.i18n import Message, _
from auditor.model.snapshot import Key
from auditor.spec.fields import Field
from auditor.spec.identity import Identity
from auditor.spec.parsed_row import Row
from auditor.spec.spelling import respelled

TITLE = "What the key may do, and whose it is"
# The limit of a span of time that has none.
NO_LIMIT = frozenset({"", "0"})


def identity(
    uid: str,
    key: Key,
    *,
    main: str = "",
    kind: str = "main",
    mode: str | None = None,
    proven: bool = True,
    client: str = "",
    doubts: tuple[Message, ...] = (),
) -> Identity:
    """Return the identity of a key.

    ``main``: the main account's uid, if it is another account; ``client``: as in `Identity`.
    """
    return Identity(
        uid=uid,
        main_uid=main or (uid if kind == "main" else ""),
        kind=kind,
        mode=mode,
        key=key,
        proven=proven,
        nameless=not uid,
        client=client,
        doubts=doubts,
    )


def key_row(raw: object, *fields: Field) -> Row:
    """Return the row of an answer about a key, whose fields may come in another spelling.

    Raises MalformedError for one that is not exactly understood.
    """
    return Row(respelled(raw, [field.name for field in fields]), fields)


def period_doubts(*limits: object) -> tuple[Message, ...]:
    """Return the doubt of a key that shows only a span of time: one of its limits is there, whatever it says."""
    if all(limit is None or str(limit).strip() in NO_LIMIT for limit in limits):
        return ()
    return (_("This key sees only a part of the account's history: create one without a query period."),)
