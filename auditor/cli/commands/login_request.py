"""What `audit login` is asked for: the account, where its key is to be kept, and what must not be replaced."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import SecretStr

from auditor.cli.commands import credential_storage as storage
from auditor.cli.commands.exchanges import KeyProof, proof
from auditor.cli.commands.init import make_folder
from auditor.cli.options.exchange_ids import exchange_id
from auditor.cli.runtime.output import check_writable
from auditor.i18n import Message, _
from auditor.model.account import Account, Options
from auditor.model.errors import UserError
from auditor.security import keyring_store
from auditor.security.credentials import KEYRING, learn
from auditor.security.paths import check_default_folder
from auditor.settings import accounts_file as config_file
from auditor.settings import exchange_checks as needs
from auditor.settings.accounts_file import AccountEntry
from auditor.settings.base_urls import BaseUrls, parse_base_urls
from auditor.settings.exchange_facts import exchange_config
from auditor.settings.selection import AccountSelection, trusted_hosts


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRequest:
    """The arguments of a login. ``words``: positional arguments, which are refused since one may be a key."""

    words: tuple[str, ...] = ()
    exchange: str | None = None
    account: str | None = None
    store: str | None = None
    stdin: bool = False
    replace: bool = False
    unproven: bool = False
    timeout: float = Options().timeout
    verbose: int = 0
    choice: AccountSelection = field(default_factory=AccountSelection)

    @property
    def path(self) -> Path:
        """The configuration file."""
        return self.choice.config or config_file.default_path()


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredKey:
    """An account whose key was given. ``entry``: what the configuration file says of it, None for a new one."""

    account: Account
    entry: AccountEntry | None
    store: str

    @property
    def secrets(self) -> dict[str, str]:
        """Return the values of the key by ccxt's names in small letters."""
        return {name.lower(): secret.get_secret_value() for name, secret in self.account.credentials.items()}


def with_exchange(request: LoginRequest) -> LoginRequest:
    """Take a word beside the options as the exchange. Raises UserError for any other, which may be a key."""
    if not request.words:
        return request
    (first, *more), has_exchange = map(exchange_id, request.words), request.exchange is not None
    if has_exchange or more or first not in needs.table_exchanges():
        raise UserError(
            _(
                "`audit login` asks for the key. Never write it on the command line: other programs can see it there, "
                "and your shell keeps it in its history. If it was a key, delete it at the exchange."
            )
        )
    return replace(request, exchange=first)


def is_handed_over(request: LoginRequest) -> bool:
    """Return whether to read the key from stdin. Raises UserError if there is no terminal to ask on."""
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


def chosen_store(request: LoginRequest) -> str:
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


def entry_of(request: LoginRequest, known: tuple[AccountEntry, ...], exchange: str) -> AccountEntry | None:
    """Return the account of the file that gets a new key, None for a new account. Raises UserError."""
    name = request.account or exchange
    entry = next((one for one in known if one.name == name), None)
    if entry is not None and entry.exchange != exchange:
        text = _("{path} has an account {name} at {exchange}. Choose another name: --account NAME.")
        raise UserError(text.format(path=request.path, name=name, exchange=exchange_config(entry.exchange).name))
    return entry


def ask_to_replace(request: LoginRequest, entry: AccountEntry) -> Message:
    """Return the question whether an account of the file gets another key."""
    return _("{path} has the account {name} already. Replace its key?").format(path=request.path, name=entry.name)


def not_replaced(request: LoginRequest, entry: AccountEntry) -> Message:
    """Return that nothing was changed, and what to do."""
    text = _(
        "{path} has the account {name} already. Nothing was changed. --replace gives it another key; for another "
        "account, choose another name: --account NAME."
    )
    return text.format(path=request.path, name=entry.name)


def account_of(request: LoginRequest, exchange: str, entry: AccountEntry | None) -> Account:
    """Return the account without a key, checked before one is asked for. Raises UserError."""
    if proof(exchange) in {KeyProof.UNASKED, KeyProof.WALLET}:
        text = _(
            "Nothing is ever sent to {exchange}, so no key of it is needed. Never give away a wallet's private key."
        )
        raise UserError(text.format(exchange=exchange_config(exchange).name))
    choice = request.choice
    known = BaseUrls(entry.base_url, entry.services) if entry else BaseUrls()
    urls = parse_base_urls(choice.base_urls).over(known).checked(exchange, trusted_hosts(choice))
    return Account(
        name=request.account or exchange,
        exchange=exchange,
        credentials={},
        uid=entry.uid if entry else None,
        base_url=urls.whole,
        service_urls=urls.services,
        sandbox=choice.sandbox or bool(entry and entry.sandbox),
        named=needs.parse_names(exchange, entry.named) if entry else {},
    )


def with_key(account: Account, values: Mapping[str, str]) -> Account:
    """Return the account with its key, which no output shows from now on. ``values``: by ccxt's names."""
    for value in values.values():
        learn(value)
    return replace(account, credentials={name: SecretStr(value) for name, value in values.items()})
