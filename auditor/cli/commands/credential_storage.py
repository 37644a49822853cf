"""Where `audit login` keeps a key: the system keyring, or files that only their owner can read."""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePosixPath

from auditor.formats.atomic_write import replace_file
from auditor.i18n import Message, _
from auditor.model.errors import UserError
from auditor.security import keyring_store
from auditor.security.credentials import ENVIRONMENT, FILE, KEYRING, SecretReference, shown_target
from auditor.security.paths import check_default_folder, make_private_folders

SERVICE = "exchange-closure-audit"
"""How the names of the program's entries in the keyring begin."""
FOLDER = "credentials"
"""The folder of its files, beside the configuration file."""
SESSION = "session"
STORES = (KEYRING, FILE, SESSION)
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)


@dataclass(slots=True)
class Stored:
    """A key that was stored: its references by ccxt's names in small letters, and how to take it back."""

    references: dict[str, str] = field(default_factory=dict)
    undo: list[Callable[[], object]] = field(default_factory=list)

    def take_back(self) -> None:
        """Delete what was stored, as far as that is possible."""
        for act in self.undo:
            with suppress(UserError, OSError):
                act()


def store(scheme: str, folder: Path, account: str, secrets: Mapping[str, str]) -> Stored:
    """Store a key under a name that nothing has yet, in full or not at all. Raises UserError.

    ``folder``: that of the configuration file; ``secrets``: by ccxt's names in small letters.
    """
    keep = _keep_in_keyring if scheme == KEYRING else _keep_in_files
    stored = Stored()
    try:
        keep(stored, folder, account, secrets)
    except BaseException:
        stored.take_back()
        raise
    return stored


def forget(
    references: Iterable[SecretReference], kept: Collection[SecretReference], folder: Path
) -> tuple[Message, ...]:
    """Delete what `store` stored; return a sentence for each place that is not its own. Raises UserError.

    ``kept``: the references of other accounts, whose secrets stay.
    """
    others = {(reference.scheme, reference.target) for reference in kept}
    left = [
        message
        for reference in references
        if (reference.scheme, reference.target) not in others and (message := _forget(reference, folder)) is not None
    ]
    return tuple(dict.fromkeys(left))


def _keep_in_keyring(stored: Stored, _folder: Path, account: str, secrets: Mapping[str, str]) -> None:
    service = next(name for name in _names(account) if not any(keyring_store.look_up(name, key) for key in secrets))
    for key, secret in secrets.items():
        stored.undo.append(lambda key=key: keyring_store.forget_secret(service, key))  # type: ignore[misc]
        keyring_store.keep_secret(service, key, secret)
        stored.references[key] = f"{KEYRING}:{service}"


def _names(account: str) -> Iterable[str]:
    first = f"{SERVICE}-{account}"
    return (first if number == 1 else f"{first}-{number}" for number in count(1))


def _keep_in_files(stored: Stored, folder: Path, account: str, secrets: Mapping[str, str]) -> None:
    for one in (folder, folder / FOLDER):
        check_default_folder(one, "--config")
    place = _free_folder(folder / FOLDER, account)
    try:
        make_private_folders(place)
    except OSError as error:
        raise UserError(_("{path} cannot be made: {why}.").format(path=place, why=error.strerror)) from None
    stored.undo.append(place.rmdir)
    for key, secret in secrets.items():
        # Each is created with mode 0600 before anything is written into it.
        replace_file(place / key, f"{secret}\n".encode())
        stored.undo.insert(0, (place / key).unlink)
        stored.references[key] = f"{FILE}:{PurePosixPath(FOLDER, place.name, key)}"


def _free_folder(folder: Path, account: str) -> Path:
    name = account if _PLAIN.fullmatch(account) else _plain_name(account)
    # Windows keeps a few short names, such as con, for its devices.
    names = (f"account-{name}" if number == 1 else f"account-{name}-{number}" for number in count(1))
    return next(folder / one for one in names if not (folder / one).exists())


def _plain_name(account: str) -> str:
    digest = hashlib.sha256(account.encode()).hexdigest()[:8]
    return "-".join([*re.findall(r"[A-Za-z0-9]+", account)[:3], digest])


def _forget(reference: SecretReference, folder: Path) -> Message | None:
    if reference.scheme == KEYRING and reference.target.startswith(SERVICE):
        keyring_store.forget_secret(reference.target, reference.key)
        return None
    if reference.scheme == FILE and _is_own_file(reference):
        _delete(folder / reference.target)
        return None
    return _left(reference, folder)


def _is_own_file(reference: SecretReference) -> bool:
    beginning, *rest = PurePosixPath(reference.target).parts or ("",)
    return beginning == FOLDER and rest[1:] == [reference.key] and ".." not in rest


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(_("{path} cannot be deleted: {why}.").format(path=path, why=error.strerror)) from None
    with suppress(OSError):  # other files are in it, or it is gone
        path.parent.rmdir()


def _left(reference: SecretReference, folder: Path) -> Message:
    """Return how to delete a secret that this program did not store."""
    shown = shown_target(reference, folder)
    if reference.scheme == ENVIRONMENT:
        return _("The variable {name} stays as it is: remove it from your shell's files.").format(name=shown)
    if reference.scheme == KEYRING:
        text = _("The keyring's entry stays as it is; delete it with: keyring del {name} {key}")
        return text.format(name=shown, key=reference.key)
    text = _("The file of the secret stays as it is, since this program did not write it: {path}")
    return text.format(path=shown)
