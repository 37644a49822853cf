"""Where the keys of many accounts are, in one text: ``file:/run/keys/{name}.json``, ``command:...`` or ``vault:...``.

They are fetched for one pass and forgotten when it ends, by the redaction filter too. Neither what a place holds nor
what a program prints is ever part of a message.
"""

import asyncio
import json
import os
import re
import shlex
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from auditor.i18n import Message, Text, _
from auditor.model.errors import UserError
from auditor.security.credentials import read_text, write_note
from auditor.security.credentials_vault import VaultReader, parse_vault_path
from auditor.security.redaction import SECRETS
from auditor.security.secret_checks import check_secret
from auditor.security.secret_forms import whole_pem

FILE, COMMAND, VAULT = "file", "command", "vault"
LONGEST = 65_536
"""Bytes of an answer: the keys of one account take some hundred."""
SECONDS = 30.0
"""Time limit of a program that prints keys."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLACEHOLDERS = frozenset({"name", "exchange", "uid"})
_ONE_ACCOUNT = frozenset({"name", "uid"})
# The first sign is none that begins an option or hides a file.
_VALUE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*", re.ASCII)


class CredentialsError(UserError):
    """The keys of one account cannot be had now. It concerns this account only."""


@dataclass(frozen=True, slots=True)
class KeyOwner:
    """The account whose keys are fetched. ``needed``: ccxt's names of them (apiKey, secret, ...)."""

    name: str
    exchange: str
    needed: Sequence[str]
    uid: str | None = None


@dataclass(frozen=True, slots=True)
class CredentialsTemplate:
    """A parsed template. ``warn``: is handed notes on files that others can read."""

    scheme: str
    target: str
    vault: VaultReader | None = field(default=None, repr=False)
    warn: Callable[[Message], None] = field(default=write_note, repr=False)

    @asynccontextmanager
    async def fetched(self, owner: KeyOwner) -> AsyncIterator[Mapping[str, SecretStr]]:
        """Yield the keys of an account by ccxt's names, known to the redaction filter until the block ends.

        Raises CredentialsError.
        """
        found = _keys(await self._answer(owner), owner)
        with SECRETS.hold(found.values()):
            yield {name: SecretStr(value) for name, value in found.items()}

    async def _answer(self, owner: KeyOwner) -> object:
        if self.scheme == COMMAND:
            words = [_filled(word, owner) for word in shlex.split(self.target)]
            return _parsed(await _printed(words, owner), owner)
        target = _filled(self.target, owner)
        if self.vault is not None:
            try:
                return await asyncio.to_thread(self.vault.read, target)
            except UserError as problem:
                raise _error(owner, problem.message) from None
        return _parsed(self._file(Path(target), owner), owner)

    def _file(self, path: Path, owner: KeyOwner) -> str:
        try:
            if path.stat().st_size > LONGEST:
                raise _error(owner, _("the file is too long"))
            return read_text(path, self.warn)
        except (OSError, ValueError) as error:
            raise _error(owner, getattr(error, "strerror", None) or _("it is not a path")) from None


def parse_template(text: str, where: str = "--credentials") -> CredentialsTemplate:
    """Parse a template. Raises UserError without repeating it: it may be a secret."""
    scheme, _colon, target = text.partition(":")
    if scheme not in {FILE, COMMAND, VAULT} or not target.strip():
        raise UserError(
            _('{where} must say where the keys lie: "file:/PATH/{{name}}.json", "command:PROGRAM {{name}}" or '
              '"vault:MOUNT/PATH/{{name}}", never a key itself.').format(where=where)
        )  # fmt: skip
    _check_placeholders(target, where)
    if scheme == COMMAND:
        _check_words(target, where)
    vault = VaultReader(parse_vault_path(target, where)) if scheme == VAULT else None
    return CredentialsTemplate(scheme, target, vault)


def _check_placeholders(target: str, where: str) -> None:
    names = set(_PLACEHOLDER.findall(target))
    if not names <= _PLACEHOLDERS or "{" in (rest := _PLACEHOLDER.sub("", target)) or "}" in rest:
        raise UserError(
            _("{where}: only {names} can be in braces.").format(
                where=where, names=", ".join(f"{{{name}}}" for name in sorted(_PLACEHOLDERS))
            )
        )
    if not names & _ONE_ACCOUNT:
        raise UserError(
            _("{where}: {{name}} or {{uid}} must be in it, or all accounts would have one key.").format(where=where)
        )


def _check_words(target: str, where: str) -> None:
    try:
        words = shlex.split(target)
    except ValueError:
        words = []
    if not words or "{" in words[0]:
        raise UserError(_("{where}: a program and its arguments are due, with closed quotes.").format(where=where))


def _filled(text: str, owner: KeyOwner) -> str:
    """Return a part of the template with the account's names in it. Raises CredentialsError."""
    values = {"name": owner.name, "exchange": owner.exchange, "uid": owner.uid or ""}
    for name in _PLACEHOLDER.findall(text):
        if not _VALUE.fullmatch(values[name]) or ".." in values[name]:
            raise _error(owner, _("its {field} has other signs than letters, digits, . _ and -").format(field=name))
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


async def _printed(words: Sequence[str], owner: KeyOwner) -> str:
    """Return what a program prints, without a shell. Raises CredentialsError, and never shows any of it."""
    pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *words, stdin=nothing, stdout=pipe, stderr=nothing, limit=LONGEST, start_new_session=True
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise _error(owner, _("the program cannot be started: {why}").format(why=why)) from None
    try:
        async with asyncio.timeout(SECONDS):
            printed = await _read_all(process, owner)
            code = await process.wait()
    except TimeoutError:
        raise _error(owner, _("the program took longer than {count} s").format(count=f"{SECONDS:g}")) from None
    finally:
        await _end(process)
    if code:
        raise _error(owner, _("the program ended with code {code}").format(code=code))
    return printed


async def _read_all(process: asyncio.subprocess.Process, owner: KeyOwner) -> str:
    printed = bytearray()
    while process.stdout is not None and (part := await process.stdout.read(LONGEST)):
        printed += part
        if len(printed) > LONGEST:
            raise _error(owner, _("the program printed too much"))
    try:
        return printed.decode()
    except UnicodeDecodeError:
        raise _error(owner, _("the program printed no text")) from None


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a program with all that it started."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL) if os.name == "posix" else process.kill()
        await process.wait()


def _parsed(text: str, owner: KeyOwner) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _error(owner, _("there is no JSON object")) from None


def _keys(answer: object, owner: KeyOwner) -> Mapping[str, str]:
    """Return the checked keys that the exchange needs; other fields are left alone. Raises CredentialsError."""
    if not isinstance(answer, dict):
        raise _error(owner, _("there is no JSON object"))
    return {name: _key(answer, name, owner) for name in owner.needed}


def _key(answer: Mapping[object, object], name: str, owner: KeyOwner) -> str:
    found = [value for key, value in answer.items() if isinstance(key, str) and key.lower() == name.lower()]
    if len(found) != 1 or not isinstance(found[0], str):
        raise _error(owner, _("the object must have one text {name}").format(name=name))
    value = whole_pem(found[0])
    try:
        check_secret(value, name)
    except UserError as problem:
        raise _error(owner, problem.message) from None
    return value


def _error(owner: KeyOwner, why: Text) -> CredentialsError:
    return CredentialsError(_("The keys of {name} cannot be had: {why}.").format(name=owner.name, why=why))
