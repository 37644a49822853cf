"""Read secrets from the environment, a keyring or a file.

They are never read from arguments or the configuration itself.
"""

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from auditor.i18n import Message, _, sentences
from auditor.model.errors import UserError
from auditor.security.address_parts import address_parts
from auditor.security.keyring_store import read_secret
from auditor.security.own_words import is_own_word
from auditor.security.redaction import MASK, SECRETS, SHORTEST
from auditor.security.secret_checks import LIKE_AN_AMOUNT, check_secret
from auditor.security.secret_forms import whole_pem

ENVIRONMENT, KEYRING, FILE = "env", "keyring", "file"
HANDED = "CREDENTIALS_DIRECTORY"
"""Set by systemd for a service with LoadCredential, and in the crontab that the program prints."""
_SCHEMES = (ENVIRONMENT, KEYRING, FILE)
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
# What is surely a name: an exchange's key, and a passphrase of a person's, hardly ever look so.
_PLAIN_VARIABLE = re.compile(r"[A-Z]+[0-9]{0,3}(?:_(?:[A-Z]+[0-9]{0,3}|[0-9]{1,4}))+")
_PLAIN_NAME = re.compile(r"[A-Za-z]{1,12}[0-9]{0,3}(?:[-_. ](?:[A-Za-z]{1,12}[0-9]{0,3}|[0-9]{1,4}))+")
_LIKE_A_CREDENTIAL = re.compile(r"KEY|SECRET|PASS")
_PATH_BEGINNINGS = ("./", "../", "~/")


@dataclass(frozen=True, slots=True)
class SecretReference:
    """The location of one secret.

    ``key``: its name in the configuration file (apikey, secret, ...); ``others``: further variables that may hold it.
    """

    scheme: str
    target: str
    key: str
    others: tuple[str, ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """Return every variable that may hold it, the program's own name first."""
        return (self.target, *self.others) if self.scheme == ENVIRONMENT else ()


def write_note(note: Message) -> None:
    """Write a note to stderr, in English."""
    sys.stderr.write(f"{note!s}\n")


@dataclass(slots=True)
class SecretReader:
    """Reads secrets and removes them from the environment, so that no child process inherits them.

    ``folder``: the base of relative paths in ``file:`` references; ``warn``: is handed notes on files that others can
    read.
    """

    folder: Path
    environment: MutableMapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    warn: Callable[[Message], None] = field(default=write_note, repr=False)
    _taken: dict[str, str] = field(default_factory=dict, repr=False)

    def demand(self, references: Iterable[SecretReference]) -> None:
        """Raise UserError with the names of all missing environment variables, and of those that are there."""
        asked = {reference.target: reference for reference in references if reference.scheme == ENVIRONMENT}
        missing = [reference for reference in asked.values() if not self.present(reference)]
        if missing:
            there = [name for reference in asked.values() for name in self.present(reference)]
            raise UserError(_missing_variables(missing, there, self.environment))

    def present(self, reference: SecretReference) -> tuple[str, ...]:
        """Return the variables that hold the secret."""
        return tuple(name for name in reference.variables if self._is_set(name))

    def _is_set(self, name: str) -> bool:
        return bool(self.environment.get(name, "").strip()) or name in self._taken or self._handed(name) is not None

    def read(self, reference: SecretReference) -> SecretStr:
        """Return the checked secret, and register it with the redaction filter. Raises UserError."""
        place = next(iter(self.present(reference)), f"{reference.scheme}:{reference.target}")
        value = {ENVIRONMENT: self._variable, KEYRING: _from_keyring, FILE: self._file}[reference.scheme](reference)
        value = whole_pem(value)
        check_secret(value, place)
        learn(value)
        return SecretStr(value)

    def _variable(self, reference: SecretReference) -> str:
        values = {name: self._value(name) for name in self.present(reference)}
        first, value = next(iter(values.items()))
        other = next((name for name in values if values[name].strip() != value.strip()), None)
        if other is not None:
            text = _("{first} and {second} are both set, to different values. Remove the wrong one.")
            raise UserError(text.format(first=first, second=other))
        return value

    def _value(self, name: str) -> str:
        if self.environment.get(name, "").strip():
            self._taken[name] = self.environment.pop(name)
        handed = self._handed(name)
        if name in self._taken or handed is None:
            return self._taken[name]
        try:
            return read_text(handed, self.warn)
        except OSError as error:
            raise UserError(_("Cannot read {path}: {why}.").format(path=handed, why=error.strerror)) from None

    def _handed(self, name: str) -> Path | None:
        """Return the file of systemd's LoadCredential, which other processes cannot read, or None."""
        folder = self.environment.get(HANDED, "")
        return path if folder and (path := Path(folder) / name).is_file() else None

    def _file(self, reference: SecretReference) -> str:
        try:
            return read_text(self.folder / Path(reference.target).expanduser(), self.warn)
        except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: ~ of an unknown user
            why = getattr(error, "strerror", None) or _("it is not a path")
            path = _shown_path(reference, self.folder)
            raise UserError(_("Cannot read {path}: {why}.").format(path=path, why=why)) from None


def parse_reference(text: object, key: str, where: str) -> SecretReference:
    """Parse a reference.

    Raises UserError for any other text without repeating it: it may be a secret.
    """
    scheme, _colon, target = text.partition(":") if isinstance(text, str) else ("", "", "")
    if scheme in _SCHEMES and target.strip() and (scheme != ENVIRONMENT or _VARIABLE.fullmatch(target)):
        return SecretReference(scheme, target, key)
    raise UserError(
        _('{where} must say where the secret lies: "env:NAME", "keyring:NAME" or "file:PATH", never the secret itself.')
        .format(where=where)
    )  # fmt: skip


def read_text(path: Path, warn: Callable[[Message], None]) -> str:
    """Return the text of a file without its last line end. Raises UserError for other bytes, OSError, ValueError."""
    if _is_shared(path):
        warn(_("audit: {path} can be read by others on this computer: chmod 600 {path}").format(path=path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(_("{path} is not a text file.").format(path=path)) from None
    return text.removesuffix("\n").removesuffix("\r")


def learn(secret: str) -> None:
    """Register a secret with the redaction filter; of an address or a database's URL, its parts as well."""
    SECRETS.learn(secret)
    for part in address_parts(secret):
        if len(part) >= SHORTEST and not LIKE_AN_AMOUNT.fullmatch(part) and not is_own_word(part):
            SECRETS.learn(part)


def _missing_variables(missing: Iterable[SecretReference], there: Iterable[str], environment: Iterable[str]) -> Message:
    """Return a sentence on what is missing, beside what is there under this or another name."""
    lacking = tuple(missing)
    starts = tuple({name.partition("_")[0] + "_" for reference in lacking for name in reference.variables})
    alike = sorted(name for name in environment if name.startswith(starts) and _LIKE_A_CREDENTIAL.search(name))
    known = {*there, *(name for reference in lacking for name in reference.variables)}
    strange = [name for name in alike if name not in known]
    passphrase = next((_shown_variable(reference) for reference in lacking if reference.key == "password"), None)
    return sentences(
        _("Missing in the environment: {names}.").format(names=", ".join(map(_shown_variable, lacking))),
        _("Found there: {names}.").format(names=", ".join(there)) if there else "",
        _("Found there, but not a name that is read: {names}.").format(names=", ".join(strange)) if strange else "",
        _("{name} is the passphrase (the one you chose when creating the key, not your login password).")
        .format(name=passphrase) if passphrase else "",
        _("`audit login` asks for the key and keeps it. `audit init` says how to create a read-only key."),
    )  # fmt: skip


def shown_target(reference: SecretReference, folder: Path) -> str:
    """Return where a reference points to, hidden unless it is surely a name: it may be the secret itself."""
    if reference.scheme == FILE:
        return _shown_path(reference, folder)
    return _shown_variable(reference) if reference.scheme == ENVIRONMENT else _shown_name(reference)


def _shown_variable(reference: SecretReference) -> str:
    """Return the name of a variable, hidden unless it is surely one: what stands there may be the secret itself."""
    name = reference.target
    return name if len(name) < SHORTEST or _PLAIN_VARIABLE.fullmatch(name) else f"{MASK} ({reference.key})"


def _shown_path(reference: SecretReference, folder: Path) -> str:
    """Return the path of a file, hidden unless it is surely one: it exists, or the folder that it names does."""
    target = reference.target
    if os.path.exists(path := folder / target) or len(target) < SHORTEST or target.startswith(_PATH_BEGINNINGS):  # noqa: PTH110 - pathlib raises for a name that is too long
        return str(path)
    above = path.parent
    is_sure = above not in {folder, Path(above.anchor)} and above.is_dir()
    return str(path) if is_sure else f"{MASK} ({reference.key})"


def _shown_name(reference: SecretReference) -> str:
    """Return a name in the keyring, hidden unless it is surely one."""
    name = reference.target
    return name if len(name) < SHORTEST or _PLAIN_NAME.fullmatch(name) else MASK


def _from_keyring(reference: SecretReference) -> str:
    return read_secret(reference.target, reference.key, _shown_name(reference))


def _is_shared(path: Path) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
