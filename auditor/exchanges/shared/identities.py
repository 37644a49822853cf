"""Build an identity from an exchange's answer about a key."""

from auditor.i18n import Message
from auditor.model.snapshot import Key
from auditor.spec.identity import Identity

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
