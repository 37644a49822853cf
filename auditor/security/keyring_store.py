"""The system keyring: macOS Keychain, Windows Credential Manager, Secret Service or KWallet on Linux."""

import importlib
from typing import Any

from auditor.i18n import Message, Text, _
from auditor.model.errors import UserError
from auditor.security.locks import install_command

RECOMMENDED = 1.0
"""The priority that the library keyring gives a backend which keeps secrets encrypted; others are below it."""


def read_secret(service: str, key: str, shown: str) -> str:
    """Return a secret. Raises UserError, also when there is none. ``shown``: the name for messages."""
    value = look_up(service, key)
    if not value:
        text = _("The keyring has nothing there: keyring set {name} {key}.")
        raise UserError(text.format(name=shown, key=key))
    return value


def look_up(service: str, key: str) -> str | None:
    """Return a secret, None if there is none. Raises UserError if the keyring cannot be read."""
    keyring = _library()
    try:
        value = keyring.get_password(service, key)
    except Exception as error:  # noqa: BLE001 - each keyring backend has its own errors
        why = type(error).__name__
        raise UserError(_("The keyring could not be read ({why}).").format(why=why)) from None
    return None if value is None else str(value)


def keep_secret(service: str, key: str, secret: str) -> None:
    """Store a secret and read it back. Raises UserError, without what the keyring said: it may hold the secret."""
    try:
        _library().set_password(service, key, secret)
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001 - each keyring backend has its own errors
        raise UserError(_not_kept(type(error).__name__)) from None
    if look_up(service, key) != secret:
        raise UserError(_not_kept(_("what was read back is not the same")))


def _not_kept(why: Text) -> Message:
    text = _("The system keyring did not take the key ({why}). Unlock it and try again, or choose --store file.")
    return text.format(why=why)


def forget_secret(service: str, key: str) -> None:
    """Delete a secret; one that is not there is no error. Raises UserError if it is still there."""
    if look_up(service, key) is None:
        return
    try:
        _library().delete_password(service, key)
    except Exception as error:  # noqa: BLE001 - each keyring backend has its own errors
        text = _("The key could not be deleted from the system keyring ({why}). Unlock it and try again.")
        raise UserError(text.format(why=type(error).__name__)) from None


def backend_name() -> str | None:
    """Return the name of the keyring that would keep a secret, None if none keeps it encrypted."""
    try:
        backend = _library().get_keyring()
        chosen = next(iter(getattr(backend, "backends", ())), backend)
        is_fit = chosen.priority >= RECOMMENDED
        return str(chosen.name) if is_fit else None
    except UserError:
        return None
    except Exception:  # noqa: BLE001 - each keyring backend has its own errors
        return None


def missing_keyring() -> Message:
    """Return why there is no keyring, as a sentence."""
    try:
        _library()
    except UserError as problem:
        return problem.message
    return _("This system has no keyring that is open and keeps secrets encrypted.")


def _library() -> Any:
    try:
        return importlib.import_module("keyring")
    except ImportError:
        raise UserError(_("A keyring needs a package: {command}").format(command=install_command())) from None
