"""`audit login`: ask for a key, prove that it can only read, store it, and name it in the configuration file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from auditor.cli.commands import credential_storage as storage
from auditor.cli.commands.init import key_guide
from auditor.cli.commands.keys import print_keys
from auditor.cli.commands.login_dialog import (
    CredentialDialog,
    ask_exchange,
    checked_exchange,
    read_credentials,
    read_stdin,
)
from auditor.cli.commands.login_request import (
    EnteredKey,
    LoginRequest,
    account_of,
    ask_to_replace,
    chosen_store,
    entry_of,
    is_handed_over,
    not_replaced,
    with_exchange,
    with_key,
)
from auditor.cli.runtime import log as logs
from auditor.cli.runtime.dialog import Dialog
from auditor.cli.runtime.keyboard import hidden_keyboard
from auditor.cli.runtime.output import DUST_FILE, OutputRequest
from auditor.cli.runtime.process import run_supervised
from auditor.cli.runtime.reader import Runtime
from auditor.formats.atomic_write import replace_file
from auditor.i18n import _
from auditor.model.account import Options
from auditor.model.errors import UserError
from auditor.model.report import EXIT_CODES, Verdict
from auditor.model.snapshot import AccountSnapshot
from auditor.security import keyring_store
from auditor.security.credentials import FILE, KEYRING
from auditor.security.redaction import SECRETS
from auditor.settings import accounts_editing as editing
from auditor.settings import accounts_file as config_file
from auditor.settings import exchange_checks as needs
from auditor.settings.accounts_file import AccountEntry
from auditor.settings.exchange_facts import exchange_config
from auditor.settings.selection import trusted_hosts

SUGGESTED = "okx"


def run(request: LoginRequest, runtime: Runtime) -> int:
    """Ask, prove, store; return the exit code. Raises UserError."""
    logs.configure(verbose=request.verbose, translate=runtime.console)
    request = with_exchange(request)
    known = editing.entries(request.path)
    store = chosen_store(request)
    login = _handed_over(request, known, store) if is_handed_over(request) else _asked(request, known, store, runtime)
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


def _handed_over(request: LoginRequest, known: tuple[AccountEntry, ...], store: str) -> EnteredKey:
    exchange = checked_exchange(request.exchange or "")
    entry = entry_of(request, known, exchange)
    if entry is not None and not request.replace and store != storage.SESSION:
        raise UserError(not_replaced(request, entry))
    account = account_of(request, exchange, entry)
    values = read_credentials(needs.credentials(exchange), read_stdin)
    return EnteredKey(account=with_key(account, values), entry=entry, store=store)


def _asked(request: LoginRequest, known: tuple[AccountEntry, ...], store: str, runtime: Runtime) -> EnteredKey:
    with _dialog(runtime) as dialog:
        exchange = request.exchange or ask_exchange(dialog, _suggested(request, known))
        exchange = checked_exchange(exchange)
        entry = entry_of(request, known, exchange)
        is_asked = entry is not None and not request.replace and store != storage.SESSION
        if entry is not None and is_asked and not dialog.confirm(ask_to_replace(request, entry)):
            raise UserError(not_replaced(request, entry))
        account = account_of(request, exchange, entry)
        for line in key_guide(exchange):
            dialog.say(line)
        dialog.say(_("Paste each value and press Enter. Nothing that you type or paste is shown."))
        values = CredentialDialog(exchange, needs.credentials(exchange), dialog).ask()
        return EnteredKey(account=with_key(account, values), entry=entry, store=store)


def _suggested(request: LoginRequest, known: tuple[AccountEntry, ...]) -> str:
    """Return the exchange of the account that is there, or else that of all accounts."""
    own = {entry.exchange for entry in known if entry.name == request.account} or {entry.exchange for entry in known}
    return own.pop() if len(own) == 1 else SUGGESTED


@contextmanager
def _dialog(runtime: Runtime) -> Iterator[Dialog]:
    try:
        with hidden_keyboard() as keyboard:
            yield Dialog(keyboard, runtime)
    except EOFError:
        raise UserError(_("The input ended before the key was complete. Nothing was stored.")) from None


def _prove(login: EnteredKey, request: LoginRequest, runtime: Runtime) -> AccountSnapshot:
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


def _audit_now(login: EnteredKey, request: LoginRequest, runtime: Runtime) -> int:
    from auditor.cli.commands import audit as runs  # noqa: PLC0415 - only here is audited

    runtime.note(_("The key is used for this check only; nothing of it is stored."))
    manner = runs.RunOptions(accept_unproven_key=request.unproven, timeout=request.timeout, verbose=request.verbose)
    wanted = runs.AuditRequest(choice=request.choice, manner=manner, output=OutputRequest(dust_csv=DUST_FILE))
    return runs.audit_accounts([login.account], wanted, runtime)


def _keep(login: EnteredKey, proved: AccountSnapshot, request: LoginRequest) -> None:
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


def _details(login: EnteredKey, proved: AccountSnapshot) -> editing.Values:
    """Return what else the file says of the account: whose key it is, and where it is asked."""
    uid = {"uid": proved.uid} if proved.uid else {}
    url = {"base_url": login.account.base_url} if login.account.base_url else {}
    services = {"services": dict(login.account.service_urls)} if login.account.service_urls else {}
    return {**uid, **url, **services, **({"sandbox": True} if login.account.sandbox else {})}


def _say_stored(login: EnteredKey, request: LoginRequest, runtime: Runtime) -> None:
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
