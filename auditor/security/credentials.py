"""Read secrets from the environment, a keyring or a file.

They are never read from arguments or the configuration itself.
"""

import importlib
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from auditor.i18n import Message, _
from auditor.model.errors import UserError
from auditor.security.address_parts import address_parts
from auditor.security.locks import install_command
from auditor.security.own_words import is_own_word
from auditor.security.redaction import MASK, SECRETS, SHORTEST
from auditor.security.secret_forms import whole_pem

ENVIRONMENT, KEYRING, FILE = "env", "keyring", "file"
HANDED = "CREDENTIALS_DIRECTORY"
"""Set by systemd for a service with LoadCredential, and in the crontab that the program prints."""
_SCHEMES = (ENVIRONMENT, KEYRING, FILE)
_LIKE_AN_AMOUNT = re.compile(r"[0-9.,+-]+")
_QUOTES = frozenset("\"'`")
PEM = "-----BEGIN "
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
# What is surely a name: an exchange's key, and a passphrase of a person's, hardly ever look so.
_PLAIN_VARIABLE = re.compile(r"[A-Z]+[0-9]{0,3}(?:_(?:[A-Z]+[0-9]{0,3}|[0-9]{1,4}))+")
_PLAIN_NAME = re.compile(r"[A-Za-z]{1,12}[0-9]{0,3}(?:[-_. ](?:[A-Za-z]{1,12}[0-9]{0,3}|[0-9]{1,4}))+")
_PATH_BEGINNINGS = ("./", "../", "~/")


@dataclass(frozen=True, slots=True)
class SecretReference:
    """The location of one secret.

    ``key``: its name in the configuration file (apikey, secret, ...).
    """

    scheme: str
    target: str
    key: str


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
        """Raise UserError with the names of all missing environment variables."""
        variables = {r.target: r for r in references if r.scheme == ENVIRONMENT}
        missing = [
            _shown_variable(reference)
            for name, reference in variables.items()
            if not self.environment.get(name, "").strip() and not self._handed(name)
        ]
        if missing:
            raise UserError(
                _("Missing in the environment: {names}. `audit init` says how to create a read-only key.").format(
                    names=", ".join(missing)
                )
            )

    def read(self, reference: SecretReference) -> SecretStr:
        """Return the checked secret, and register it with the redaction filter. Raises UserError."""
        value = {ENVIRONMENT: self._variable, KEYRING: _from_keyring, FILE: self._file}[reference.scheme](reference)
        value = whole_pem(value)
        _check(value, _place(reference))
        learn(value)
        return SecretStr(value)

    def _variable(self, reference: SecretReference) -> str:
        name = reference.target
        if name in self.environment:
            self._taken[name] = self.environment.pop(name)
        handed = self._handed(name)
        if name in self._taken or handed is None:
            return self._taken[name]
        try:
            return _text(handed, self.warn)
        except OSError as error:
            raise UserError(_("Cannot read {path}: {why}.").format(path=handed, why=error.strerror)) from None

    def _handed(self, name: str) -> Path | None:
        """Return the file of systemd's LoadCredential, which other processes cannot read, or None."""
        folder = self.environment.get(HANDED, "")
        return path if folder and (path := Path(folder) / name).is_file() else None

    def _file(self, reference: SecretReference) -> str:
        try:
            return _text(self.folder / Path(reference.target).expanduser(), self.warn)
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


def _text(path: Path, warn: Callable[[Message], None]) -> str:
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
        if len(part) >= SHORTEST and not _LIKE_AN_AMOUNT.fullmatch(part) and not is_own_word(part):
            SECRETS.learn(part)


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


def _place(reference: SecretReference) -> str:
    return f"{reference.scheme}:{reference.target}" if reference.scheme != ENVIRONMENT else reference.target


def _from_keyring(reference: SecretReference) -> str:
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        raise UserError(_("A keyring needs a package: {command}").format(command=install_command())) from None
    try:
        value = keyring.get_password(reference.target, reference.key)
    except Exception as error:  # noqa: BLE001 - each keyring backend has its own errors
        why = type(error).__name__
        raise UserError(_("The keyring could not be read ({why}).").format(why=why)) from None
    if not value:
        raise UserError(
            _("The keyring has nothing there: keyring set {name} {key}.").format(
                name=_shown_name(reference), key=reference.key
            )
        )
    return str(value)


def _is_shared(path: Path) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


def _check(value: str, place: str) -> None:
    # A private key in PEM form ends with a line end of its own.
    bare = value.strip() if value.startswith(PEM) else value
    fault = next((fault for fault, present in _faults(bare) if present), None)
    if fault:
        raise UserError(
            _("{place} is malformed: {fault}. Copy it again from the exchange.").format(place=place, fault=fault)
        )


def _faults(value: str) -> Iterator[tuple[Message, bool]]:
    yield _("it is blank"), not value.strip()
    yield _("it has white space around it"), value != value.strip()
    yield _("it has quotes around it"), value[:1] in _QUOTES and value[:1] == value[-1:]
    yield (
        _("it has other characters than ASCII letters and signs"),
        not (value.isascii() and _on_one_line(value).isprintable()),
    )
    yield _("it has fewer than {count} characters").format(count=SHORTEST), len(value) < SHORTEST
    yield _("it has no letter, so that no report could tell it from an amount"), bool(_LIKE_AN_AMOUNT.fullmatch(value))
    yield _("it is a word that stands in every report, where it would be masked"), is_own_word(value)


def _on_one_line(value: str) -> str:
    """Return a private key in PEM form without its line breaks, any other value unchanged."""
    return value.replace("\n", "") if value.startswith(PEM) else value
