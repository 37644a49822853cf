"""Keys from Vault or OpenBao (KV version 2), through hvac: the extra ``vault``.

The address and the sign-in come from the environment: VAULT_ADDR, and VAULT_TOKEN or VAULT_ROLE_ID with VAULT_SECRET_ID
(AppRole); VAULT_NAMESPACE and VAULT_CACERT where they are needed. OpenBao takes the same.
"""

import importlib
import os
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import urlsplit

from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.security.credentials import ENVIRONMENT, SecretReader, SecretReference
from auditor.security.locks import install_command
from auditor.security.urls import is_loopback

T = TypeVar("T")
ADDRESS, TOKEN, ROLE, SECRET = "VAULT_ADDR", "VAULT_TOKEN", "VAULT_ROLE_ID", "VAULT_SECRET_ID"
NAMESPACE, AUTHORITIES = "VAULT_NAMESPACE", "VAULT_CACERT"
SECONDS = 30
"""Time limit of one answer."""


@dataclass(slots=True)
class VaultReader:
    """Reads secrets below one mount. ``environment``: variables with secrets are taken out of it."""

    mount: str
    environment: MutableMapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    _client: Any = field(default=None, init=False, repr=False)
    _variables: SecretReader = field(init=False, repr=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare to take secrets out of the environment; what was taken out once is still known."""
        self._variables = SecretReader(Path(), self.environment)

    def read(self, target: str) -> object:
        """Return the newest version of the secret at MOUNT/PATH. Blocks; raises UserError, never with its content."""
        hvac, path = _library(), target.removeprefix(f"{self.mount}/")
        try:
            return _explain_errors(lambda: self._read(path))
        except hvac.exceptions.Forbidden:
            self._client = None  # AppRole's tokens run out
        try:
            return _explain_errors(lambda: self._read(path))
        except hvac.exceptions.Forbidden:
            raise UserError(_("the vault does not allow this program to read it")) from None

    def _read(self, path: str) -> object:
        answer = self._signed_in().secrets.kv.v2.read_secret_version(
            path=path, mount_point=self.mount, raise_on_deleted_version=True
        )
        return answer["data"]["data"]

    def _signed_in(self) -> Any:
        with self._lock:
            if self._client is None:
                self._client = self._sign_in()
            return self._client

    def _sign_in(self) -> Any:
        token = self._secret(TOKEN)
        client = _library().Client(
            url=self._address(),
            token=token or "",
            namespace=self.environment.get(NAMESPACE) or None,
            verify=self.environment.get(AUTHORITIES) or True,
            timeout=SECONDS,
            allow_redirects=False,
        )
        if token is None:
            client.auth.approle.login(self._needed(ROLE), self._needed(SECRET))
        return client

    def _address(self) -> str:
        address = self.environment.get(ADDRESS, "").strip()
        parts = urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
            raise UserError(_("{name} must be the vault's address, and begin with https://").format(name=ADDRESS))
        return address.rstrip("/")

    def _secret(self, name: str) -> str | None:
        """Return a variable, which leaves the environment; None if it is not there."""
        reference = SecretReference(ENVIRONMENT, name, name)
        present = self._variables.present(reference)
        return self._variables.read(reference).get_secret_value() if present else None

    def _needed(self, name: str) -> str:
        value = self._secret(name)
        if value is None:
            raise UserError(
                _("{token}, or {role} and {secret}, must be in the environment").format(
                    token=TOKEN, role=ROLE, secret=SECRET
                )
            )
        return value


def parse_vault_path(target: str, where: str) -> str:
    """Return the mount of MOUNT/PATH. Raises UserError."""
    mount, slash, path = target.partition("/")
    if not mount or not slash or not path or "{" in mount:
        raise UserError(_("{where}: vault:MOUNT/PATH is due.").format(where=where))
    return mount


def _explain_errors(read: Callable[[], T]) -> T:
    """Return what ``read`` returns. Raises UserError for whatever keeps it from it, but Forbidden as it is."""
    hvac, requests = _library(), importlib.import_module("requests")
    try:
        return read()
    except hvac.exceptions.Forbidden:
        raise
    except hvac.exceptions.InvalidPath:
        raise UserError(_("the vault has no such secret")) from None
    except (hvac.exceptions.VaultError, requests.RequestException, LookupError, TypeError, ValueError) as error:
        raise UserError(_("the vault did not answer as it should ({kind})").format(kind=type(error).__name__)) from None


def _library() -> Any:
    try:
        importlib.import_module("hvac.exceptions")
        return importlib.import_module("hvac")
    except ModuleNotFoundError:
        raise UserError(_("vault: needs hvac: {command}").format(command=install_command())) from None
