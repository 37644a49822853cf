"""Selection of the accounts to audit, with their credentials."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import SecretStr

from auditor.i18n import Message, _
from auditor.i18n.suggest import unknown
from auditor.model.account import Account
from auditor.model.errors import UserError
from auditor.model.suppressions import Decisions
from auditor.security import urls as addresses
from auditor.security.credentials import SecretReader, SecretReference, write_note
from auditor.settings import accounts_file as config_file
from auditor.settings import environment_names
from auditor.settings import exchange_checks as needs
from auditor.settings.accounts_file import AccountEntry
from auditor.settings.base_urls import BaseUrls, parse_base_urls


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSelection:
    """The accounts that the command line selects.

    ``accounts``: names in the configuration file; ``base_urls``: URL or SERVICE=URL; ``named``: KIND=NAME,
    see `Account`.
    """

    exchanges: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    config: Path | None = None
    base_urls: tuple[str, ...] = ()
    trust_hosts: tuple[str, ...] = ()
    sandbox: bool = False
    proxy: str | None = None
    expect_uid: str | None = None
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An account without its secrets, and the references to them."""

    account: Account
    references: Mapping[str, SecretReference]


def select_accounts(choice: AccountSelection, warn: Callable[[Message], None] = write_note) -> tuple[Account, ...]:
    """Return the accounts with their credentials, checked and removed from the environment.

    ``warn``: reports files with secrets that others can read. Raises UserError.
    """
    trusted = trusted_hosts(choice)
    candidates = [_with_options(candidate, choice, trusted) for candidate in _find_candidates(choice)]
    _check_number(choice, candidates)
    _check_named(choice, candidates)
    _check_proxy(choice.proxy, candidates)
    return tuple(
        _with_secrets(candidates, SecretReader((choice.config or config_file.default_path()).parent, warn=warn))
    )


def with_configured(choice: AccountSelection) -> AccountSelection:
    """Return the choice with the file at the default path, where it has the keys that the environment lacks.

    That is so when the environment has no credential of any chosen exchange, and the file has an account at each. To be
    called before secrets are read, which removes them from the environment. Raises UserError.
    """
    path = config_file.default_path()
    if choice.config or not choice.exchanges or choice.accounts or not path.is_file():
        return choice
    if any(_has_credentials(exchange, SecretReader(path.parent)) for exchange in choice.exchanges):
        return choice
    configured = {entry.exchange for entry in config_file.load(path)}
    return replace(choice, config=path) if configured >= {*choice.exchanges} else choice


def _has_credentials(exchange: str, reader: SecretReader) -> bool:
    """Return whether the environment has any credential of an exchange. Raises UserError."""
    needs.check_exchange(exchange)
    return any(reader.present(environment_names.variable(exchange, name)) for name in needs.credentials(exchange))


def describe_accounts(choice: AccountSelection) -> tuple[Account, ...]:
    """Return the accounts without their credentials; none where nothing is chosen or configured. Raises UserError."""
    if choice == AccountSelection(proxy=choice.proxy) and not config_file.is_configured():
        return ()
    trusted = trusted_hosts(choice)
    return tuple(_with_options(candidate, choice, trusted).account for candidate in _find_candidates(choice))


def references(choice: AccountSelection) -> tuple[SecretReference, ...]:
    """Return the references to all credentials, without reading any. Raises UserError."""
    return tuple(reference for candidate in _find_candidates(choice) for reference in candidate.references.values())


def decisions(choice: AccountSelection, rule_ids: Callable[[], Collection[str]]) -> Decisions:
    """Return the decisions in the configuration file, if one is used. Raises UserError.

    ``rule_ids``: returns the ids of all rules.
    """
    path = choice.config or config_file.default_path()
    is_used = choice.config is not None or (path.is_file() and not choice.exchanges)
    return config_file.decisions(path, rule_ids) if is_used else Decisions()


def trusted_hosts(choice: AccountSelection) -> frozenset[str]:
    """Check and return the hosts of ``--trust-host``. Raises UserError."""
    return frozenset(addresses.trusted_host(host) for host in choice.trust_hosts)


def _find_candidates(choice: AccountSelection) -> list[_Candidate]:
    if choice.accounts and choice.exchanges:
        raise UserError(_("Give either --exchange or --account, not both."))
    for exchange in choice.exchanges:
        needs.check_exchange(exchange)
    path = _path_to_read(choice)
    if path is None:
        return [_from_environment(exchange) for exchange in dict.fromkeys(choice.exchanges)]
    return [_from_entry(entry) for entry in _selected(config_file.load(path), choice, path)]


def _path_to_read(choice: AccountSelection) -> Path | None:
    """Return the file to read; None for an exchange alone, whose keys are in the environment.

    The file at the default path is then ignored. Raises UserError.
    """
    if choice.config or choice.exchanges:
        return choice.config
    path = config_file.default_path()
    if path.is_file():
        return path
    if choice.accounts:
        raise UserError(_("There is no file {path}: give --config, or run `audit init`.").format(path=path))
    raise UserError(_("Which account? Use `audit login`, --exchange okx, or --config FILE (`audit init` writes one)."))


def _selected(entries: Sequence[AccountEntry], choice: AccountSelection, path: Path) -> Iterator[AccountEntry]:
    by_name = {entry.name: entry for entry in entries}
    for name in choice.accounts:
        if name not in by_name:
            raise UserError(unknown(_("account"), name, by_name))
    for exchange in choice.exchanges:
        if exchange not in {entry.exchange for entry in entries}:
            raise UserError(_("{path} has no account at {exchange}.").format(path=path, exchange=exchange))
    for entry in entries:
        by_exchange = not choice.exchanges or entry.exchange in choice.exchanges
        if by_exchange and (not choice.accounts or entry.name in choice.accounts):
            yield entry


def _from_environment(exchange: str) -> _Candidate:
    names = needs.credentials(exchange)
    variables = {name: environment_names.variable(exchange, name) for name in names}
    return _Candidate(Account(name=exchange, exchange=exchange, credentials={}), variables)


def _from_entry(entry: AccountEntry) -> _Candidate:
    account = Account(
        name=entry.name,
        exchange=entry.exchange,
        credentials={},
        uid=entry.uid,
        base_url=entry.base_url,
        service_urls=entry.services,
        sandbox=entry.sandbox,
        named=needs.parse_names(entry.exchange, entry.named),
    )
    return _Candidate(account, entry.references())


def _with_options(candidate: _Candidate, choice: AccountSelection, trusted: frozenset[str]) -> _Candidate:
    account = candidate.account
    urls = parse_base_urls(choice.base_urls).over(BaseUrls(account.base_url, account.service_urls))
    urls = urls.checked(account.exchange, trusted)
    changed = replace(
        account,
        uid=choice.expect_uid or account.uid,
        sandbox=choice.sandbox or account.sandbox,
        named=needs.parse_names(account.exchange, _names_for(account.exchange, choice.named)) or account.named,
        base_url=urls.whole,
        service_urls=urls.services,
    )
    return replace(candidate, account=changed)


def _check_number(choice: AccountSelection, candidates: Sequence[_Candidate]) -> None:
    if choice.expect_uid and len(candidates) != 1:
        raise UserError(_("--expect-uid goes with one account, and {count} are chosen.").format(count=len(candidates)))
    exchanges = {candidate.account.exchange for candidate in candidates}
    if choice.base_urls and len(exchanges) != 1:
        raise UserError(_("--base-url goes with one exchange, and {count} are chosen.").format(count=len(exchanges)))


def _names_for(exchange: str, named: Iterable[str]) -> list[str]:
    """Return the values whose kind this exchange has; the others belong to other exchanges."""
    return [value for value in named if value.partition("=")[0] in needs.name_kinds(exchange)]


def _check_named(choice: AccountSelection, candidates: Sequence[_Candidate]) -> None:
    exchanges = {candidate.account.exchange: None for candidate in candidates}
    for value in choice.named:
        if not any(_names_for(exchange, [value]) for exchange in exchanges):
            for exchange in exchanges:
                needs.parse_names(exchange, [value])


def _check_proxy(proxy: str | None, candidates: Iterable[_Candidate]) -> None:
    if proxy is None:
        return
    addresses.proxy_url(proxy)
    for candidate in candidates:
        for url in candidate.account.urls:
            if addresses.is_loopback(addresses.url_host(url)):
                raise UserError(_("--proxy cannot be used with {url}, which is this computer.").format(url=url))


def _with_secrets(candidates: Sequence[_Candidate], vault: SecretReader) -> Iterator[Account]:
    vault.demand(reference for candidate in candidates for reference in candidate.references.values())
    for candidate in candidates:
        secrets: dict[str, SecretStr] = {name: vault.read(ref) for name, ref in candidate.references.items()}
        yield replace(candidate.account, credentials=secrets)
