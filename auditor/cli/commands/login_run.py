"""`audit login`: ask for a key, prove that it can only read, store it, and name it in the configuration file."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import SecretStr

from auditor.cli.commands import credential_storage as storage
from auditor.cli.commands.init import key_guide, make_folder
from auditor.cli.commands.keys import print_keys
from auditor.cli.commands.login_dialog import (
    CredentialDialog,
    ask_exchange,
    checked_exchange,
    read_credentials,
    read_stdin,
)
from auditor.cli.runtime import log as logs
from auditor.cli.runtime.dialog import Dialog
from auditor.cli.runtime.keyboard import hidden_keyboard
from auditor.cli.runtime.output import check_writable
from auditor.cli.runtime.process import run_supervised
from auditor.cli.runtime.reader import Runtime
from auditor.formats.atomic_write import replace_file
from auditor.i18n import Message, _
from auditor.model.account import Account, Options
from auditor.model.errors import UserError
from auditor.model.report import EXIT_CODES, Verdict
from auditor.model.snapshot import AccountSnapshot
from auditor.security import keyring_store
from auditor.security import urls as addresses
from auditor.security.credentials import FILE, KEYRING, learn
from auditor.security.paths import check_default_folder
from auditor.security.redaction import SECRETS
from auditor.settings import accounts_editing as editing
from auditor.settings import accounts_file as config_file
from auditor.settings import exchange_checks as needs
from auditor.settings.accounts_file import AccountEntry
from auditor.settings.exchange_facts import exchange_config
from auditor.settings.selection import AccountSelection, trusted_hosts

SUGGESTED = "okx"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRequest:
    """Everything that the command line says. ``words``: what stands beside the options, which may be a key."""

    words: tuple[str, ...] = ()
    exchange: str | None = None
    account: str | None = None
    store: str | None = None
    stdin: bool = False
    replace: bool = False
    unproven: bool = False
    timeout: float = Options().timeout
    verbose: bool = False
    choice: AccountSelection = field(default_factory=AccountSelection)

    @property
    def path(self) -> Path:
        """The configuration file."""
        return self.choice.config or config_file.default_path()


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """An account whose key was given. ``entry``: what the configuration file says of it, None for a new one."""

    account: Account
    entry: AccountEntry | None
    store: str

    @property
    def secrets(self) -> dict[str, str]:
        """Return the values of the key by ccxt's names in small letters."""
        return {name.lower(): secret.get_secret_value() for name, secret in self.account.credentials.items()}


def run(request: LoginRequest, runtime: Runtime) -> int:
    """Ask, prove, store; return the exit code. Raises UserError."""
    logs.configure(verbose=request.verbose)
    request = _with_words(request)
    known = editing.entries(request.path)
    store = _chosen_store(request)
    login = _handed_over(request, known, store) if _is_handed_over(request) else _asked(request, known, store, runtime)
    proved = _prove(login, request, runtime)
    if proved.refused is not None or proved.key is None:
        return _not_accepted(proved, login.account.exchange, runtime)
    other = editing.same_account(known, login.account.exchange, proved.uid, login.account.name)
    if other is not None:
        text = _("This key belongs to the account that {path} has as {name}. Nothing was stored: add --account {name}.")
        raise UserError(text.format(path=request.path, name=other))
    if login.store == storage.SESSION:
        return _audit_now(login, request, runtime)
    _keep(login, proved, request)
    _say_stored(login, request, runtime)
    return 0


def _with_words(request: LoginRequest) -> LoginRequest:
    """Take a word beside the options as the exchange. Raises UserError for any other, which may be a key."""
    if not request.words:
        return request
    (first, *more), has_exchange = request.words, request.exchange is not None
    if has_exchange or more or first not in needs.table_exchanges():
        raise UserError(
            _(
                "`audit login` asks for the key. Never write it on the command line: other programs can see it there, "
                "and your shell keeps it in its history. If it was a key, delete it at the exchange."
            )
        )
    return replace(request, exchange=first)


def _is_handed_over(request: LoginRequest) -> bool:
    """Return whether the key comes on stdin. Raises UserError where nobody can be asked."""
    is_terminal = sys.stdin is not None and sys.stdin.isatty()
    if is_terminal:
        return False
    if not request.stdin:
        raise UserError(
            _(
                "Nobody can be asked here, since stdin is not a terminal. Run it in a terminal, or hand the key over: "
                "audit login --exchange ID --stdin, with key, secret and passphrase on one line each."
            )
        )
    if request.exchange is None:
        raise UserError(_("With --stdin, name the exchange: --exchange okx."))
    return True


def _chosen_store(request: LoginRequest) -> str:
    """Return where the key is to be kept, checked before anything is asked. Raises UserError."""
    store = request.store or KEYRING
    if store == KEYRING and keyring_store.backend_name() is None:
        text = _(
            "{why} Add --store file to keep the key in a file that only you can read, or --store session for once."
        )
        raise UserError(text.format(why=keyring_store.missing_keyring()))
    if store != storage.SESSION:
        folder = request.path.parent
        if request.choice.config is None:
            make_folder(folder)
            check_default_folder(folder, "--config")
        check_writable(request.path)
    return store


def _handed_over(request: LoginRequest, known: tuple[AccountEntry, ...], store: str) -> Login:
    exchange = checked_exchange(request.exchange or "")
    entry = _entry(request, known, exchange)
    if entry is not None and not request.replace and store != storage.SESSION:
        raise UserError(_there(request, entry))
    values = read_credentials(needs.credentials(exchange), read_stdin)
    return Login(account=_account(request, exchange, entry, values), entry=entry, store=store)


def _asked(request: LoginRequest, known: tuple[AccountEntry, ...], store: str, runtime: Runtime) -> Login:
    with _dialog(runtime) as dialog:
        exchanges = {entry.exchange for entry in known}
        suggested = exchanges.pop() if len(exchanges) == 1 else SUGGESTED
        exchange = checked_exchange(request.exchange) if request.exchange else ask_exchange(dialog, suggested)
        entry = _entry(request, known, exchange)
        is_asked = entry is not None and not request.replace and store != storage.SESSION
        if entry is not None and is_asked and not dialog.confirm(_replacing(request, entry)):
            raise UserError(_there(request, entry))
        for line in key_guide(exchange):
            dialog.say(line)
        dialog.say(_("Paste each value and press Enter. Nothing that you type or paste is shown."))
        values = CredentialDialog(exchange, needs.credentials(exchange), dialog).ask()
        return Login(account=_account(request, exchange, entry, values), entry=entry, store=store)


@contextmanager
def _dialog(runtime: Runtime) -> Iterator[Dialog]:
    try:
        with hidden_keyboard() as keyboard:
            yield Dialog(keyboard, runtime)
    except EOFError:
        raise UserError(_("The input ended before the key was complete. Nothing was stored.")) from None


def _entry(request: LoginRequest, known: tuple[AccountEntry, ...], exchange: str) -> AccountEntry | None:
    """Return the account of the file that gets a new key, None for a new account. Raises UserError."""
    name = request.account or exchange
    entry = next((one for one in known if one.name == name), None)
    if entry is not None and entry.exchange != exchange:
        text = _("{path} has an account {name} at {exchange}. Choose another name: --account NAME.")
        raise UserError(text.format(path=request.path, name=name, exchange=exchange_config(entry.exchange).name))
    return entry


def _replacing(request: LoginRequest, entry: AccountEntry) -> Message:
    return _("{path} has the account {name} already. Replace its key?").format(path=request.path, name=entry.name)


def _there(request: LoginRequest, entry: AccountEntry) -> Message:
    text = _(
        "{path} has the account {name} already. Nothing was changed. --replace gives it another key; for another "
        "account, choose another name: --account NAME."
    )
    return text.format(path=request.path, name=entry.name)


def _account(request: LoginRequest, exchange: str, entry: AccountEntry | None, values: Mapping[str, str]) -> Account:
    for value in values.values():
        learn(value)
    choice = request.choice
    url = choice.base_url or (entry.base_url if entry else None)
    return Account(
        name=request.account or exchange,
        exchange=exchange,
        credentials={name: SecretStr(value) for name, value in values.items()},
        uid=entry.uid if entry else None,
        base_url=url and addresses.base_url(url, official=needs.hosts(exchange), trusted=trusted_hosts(choice)),
        sandbox=choice.sandbox or bool(entry and entry.sandbox),
        named=needs.parse_names(exchange, entry.named) if entry else {},
    )


def _prove(login: Login, request: LoginRequest, runtime: Runtime) -> AccountSnapshot:
    """Ask the exchange what the key can do. Raises UserError."""
    from auditor.audit import audit_once as core  # noqa: PLC0415 - bad input is reported before the audit is loaded

    exchange = exchange_config(login.account.exchange).name
    runtime.note(_("Asking {exchange} what this key can do...").format(exchange=exchange))
    (proved,) = run_supervised(core.prove_keys([login.account], _options(request)))
    proved = SECRETS.data(proved)
    print_keys((proved,), runtime.console)
    return proved


def _options(request: LoginRequest) -> Options:
    return Options(
        accept_unproven_key=request.unproven,
        timeout=request.timeout,
        trust_hosts=trusted_hosts(request.choice),
        proxy=request.choice.proxy,
    )


def _not_accepted(proved: AccountSnapshot, exchange: str, runtime: Runtime) -> int:
    """Say what to do, and return the exit code."""
    if proved.refused is None:
        runtime.say(_("The exchange could not say what the key can do, so nothing was stored. Try again later."))
        return EXIT_CODES[Verdict.INCOMPLETE]
    facts = exchange_config(exchange)
    if proved.key is not None and not proved.key.readonly:
        text = _("Nothing was stored. Untick {boxes} for this key at {page}, or create another one, and log in again.")
        runtime.say(text.format(boxes=_(", ").join(map(_, facts.key.leave)), page=facts.key_page))
    else:
        runtime.say(_("Nothing was stored."))
    return EXIT_CODES[Verdict.REFUSED]


def _audit_now(login: Login, request: LoginRequest, runtime: Runtime) -> int:
    from auditor.cli.commands import audit as runs  # noqa: PLC0415 - only here is audited

    runtime.note(_("The key is used for this check only; nothing of it is stored."))
    manner = runs.RunOptions(accept_unproven_key=request.unproven, timeout=request.timeout, verbose=request.verbose)
    wanted = runs.AuditRequest(choice=request.choice, manner=manner)
    return runs.audit_accounts([login.account], wanted, runtime)


def _keep(login: Login, proved: AccountSnapshot, request: LoginRequest) -> None:
    """Store the key, then name it in the file; what it replaces is deleted last. Raises UserError."""
    folder, account = request.path.parent, login.account
    stored = storage.store(login.store, folder, account.name, login.secrets)
    values = {"name": account.name, "exchange": account.exchange, **_details(login, proved), **stored.references}
    try:
        replace_file(request.path, editing.with_account(request.path, values, is_new=login.entry is None))
        known = config_file.load(request.path)
    except BaseException:
        stored.take_back()
        raise
    if login.entry is not None:
        kept = [reference for entry in known for reference in entry.references().values()]
        storage.forget(login.entry.references().values(), kept, folder)


def _details(login: Login, proved: AccountSnapshot) -> Mapping[str, str | bool]:
    """Return what else the file says of the account: whose key it is, and where it is asked."""
    uid = {"uid": proved.uid} if proved.uid else {}
    url = {"base_url": login.account.base_url} if login.account.base_url else {}
    return {**uid, **url, **({"sandbox": True} if login.account.sandbox else {})}


def _say_stored(login: Login, request: LoginRequest, runtime: Runtime) -> None:
    name = login.account.name
    if login.store == KEYRING:
        backend = keyring_store.backend_name() or KEYRING
        runtime.note(_("Stored in the system keyring ({backend}) as {name}.").format(backend=backend, name=name))
    if login.store == FILE:
        place = request.path.parent / storage.FOLDER
        runtime.note(_("Stored as {name} in {path}, readable by you alone.").format(name=name, path=place)
                     if os.name == "posix" else
                     _("Stored as {name} in {path}. On Windows every administrator of this computer can read it, and "
                       "so can whoever has access to that folder.").format(name=name, path=place))  # fmt: skip
    runtime.note(_("{path} has the account now. `audit logout` forgets it again.").format(path=request.path))
    command = "audit" if request.choice.config is None else f'audit --config "{request.path}"'
    command += " --accept-unproven-key" * request.unproven
    runtime.note(_("Next: {command}").format(command=command))
