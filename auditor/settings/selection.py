"""From what the user chose to the accounts that are audited, with their credentials."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import SecretStr

from auditor.i18n import Message, _
from auditor.i18n.suggest import unknown
from auditor.model.account import Account
from auditor.model.errors import Problem
from auditor.model.suppressions import Decisions
from auditor.security import urls as addresses
from auditor.security.credentials import ENVIRONMENT, Reference, Vault, write_note
from auditor.settings import accounts_file as config_file
from auditor.settings import exchange_checks as needs
from auditor.settings.accounts_file import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which accounts, as the command line says. ``accounts``: names in the file; ``named``: KIND=NAME, see Account."""

    exchanges: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    config: Path | None = None
    base_url: str | None = None
    trust_hosts: tuple[str, ...] = ()
    sandbox: bool = False
    proxy: str | None = None
    expect_uid: str | None = None
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An account without its secrets, and where they lie."""

    account: Account
    references: Mapping[str, Reference]


def chosen_accounts(choice: Choice, warn: Callable[[Message], None] = write_note) -> tuple[Account, ...]:
    """Return the accounts with their credentials, checked and out of the environment. Raises Problem.

    ``warn``: told of files with secrets that others can read.
    """
    trusted = trusted_hosts(choice)
    wanted = [_with_options(each, choice, trusted) for each in _wanted(choice)]
    _check_number(choice, wanted)
    _check_named(choice, wanted)
    _check_proxy(choice.proxy, wanted)
    return tuple(_with_secrets(wanted, Vault((choice.config or config_file.default_path()).parent, warn=warn)))


def references(choice: Choice) -> tuple[Reference, ...]:
    """List where the credentials of the chosen accounts lie, without reading any. Raises Problem."""
    return tuple(reference for each in _wanted(choice) for reference in each.references.values())


def decisions(choice: Choice, rule_ids: Callable[[], Collection[str]]) -> Decisions:
    """Return what the configuration file, if one is used, has decided. Raises Problem.

    ``rule_ids``: the rules that exist.
    """
    path = choice.config or config_file.default_path()
    named = choice.config is not None or (path.is_file() and not choice.exchanges)
    return config_file.decisions(path, rule_ids) if named else Decisions()


def trusted_hosts(choice: Choice) -> frozenset[str]:
    """Check the hosts of ``--trust-host``."""
    return frozenset(addresses.trusted_host(host) for host in choice.trust_hosts)


def _wanted(choice: Choice) -> list[_Wanted]:
    if choice.accounts and choice.exchanges:
        raise Problem(_("Give either --exchange or --account, not both."))
    for exchange in choice.exchanges:
        needs.check_exchange(exchange)
    path = _file(choice)
    if path is None:
        return [_from_environment(exchange) for exchange in dict.fromkeys(choice.exchanges)]
    return [_from_entry(entry) for entry in _selected(config_file.load(path), choice, path)]


def _file(choice: Choice) -> Path | None:
    """Choose the file to read. An exchange alone means the environment, whatever file lies at its default place."""
    if choice.config or choice.exchanges:
        return choice.config
    path = config_file.default_path()
    if path.is_file():
        return path
    if choice.accounts:
        raise Problem(_("There is no file {path}: give --config, or run `audit init`.").format(path=path))
    raise Problem(_("Say what to audit: --exchange okx, or --config FILE (`audit init` writes one)."))


def _selected(entries: Sequence[Entry], choice: Choice, path: Path) -> Iterator[Entry]:
    by_name = {entry.name: entry for entry in entries}
    for name in choice.accounts:
        if name not in by_name:
            raise Problem(unknown(_("account"), name, by_name))
    for exchange in choice.exchanges:
        if exchange not in {entry.exchange for entry in entries}:
            raise Problem(_("{path} has no account at {exchange}.").format(path=path, exchange=exchange))
    for entry in entries:
        by_exchange = not choice.exchanges or entry.exchange in choice.exchanges
        if by_exchange and (not choice.accounts or entry.name in choice.accounts):
            yield entry


def _from_environment(exchange: str) -> _Wanted:
    names = needs.credentials(exchange)
    variables = {n: Reference(ENVIRONMENT, f"{exchange}_{n}".upper(), n.lower()) for n in names}
    return _Wanted(Account(name=exchange, exchange=exchange, credentials={}), variables)


def _from_entry(entry: Entry) -> _Wanted:
    account = Account(
        name=entry.name,
        exchange=entry.exchange,
        credentials={},
        uid=entry.uid,
        base_url=entry.base_url,
        sandbox=entry.sandbox,
        named=needs.names(entry.exchange, entry.named),
    )
    return _Wanted(account, entry.references())


def _with_options(wanted: _Wanted, choice: Choice, trusted: frozenset[str]) -> _Wanted:
    account = wanted.account
    url = choice.base_url or account.base_url
    changed = replace(
        account,
        uid=choice.expect_uid or account.uid,
        sandbox=choice.sandbox or account.sandbox,
        named=needs.names(account.exchange, _meant_for(account.exchange, choice.named)) or account.named,
        base_url=url and addresses.base_url(url, official=needs.hosts(account.exchange), trusted=trusted),
    )
    return replace(wanted, account=changed)


def _check_number(choice: Choice, wanted: Sequence[_Wanted]) -> None:
    if choice.expect_uid and len(wanted) != 1:
        raise Problem(_("--expect-uid goes with one account, and {count} are chosen.").format(count=len(wanted)))
    exchanges = {each.account.exchange for each in wanted}
    if choice.base_url and len(exchanges) != 1:
        raise Problem(_("--base-url goes with one exchange, and {count} are chosen.").format(count=len(exchanges)))


def _meant_for(exchange: str, named: Iterable[str]) -> list[str]:
    """Leave out what another of the chosen exchanges knows by that kind."""
    return [each for each in named if each.partition("=")[0] in needs.kinds_of_names(exchange)]


def _check_named(choice: Choice, wanted: Sequence[_Wanted]) -> None:
    exchanges = {each.account.exchange: None for each in wanted}
    for each in choice.named:
        if not any(_meant_for(exchange, [each]) for exchange in exchanges):
            for exchange in exchanges:
                needs.names(exchange, [each])


def _check_proxy(proxy: str | None, wanted: Iterable[_Wanted]) -> None:
    if proxy is None:
        return
    addresses.proxy_url(proxy)
    for each in wanted:
        url = each.account.base_url
        if url and addresses.is_loopback(addresses.url_host(url)):
            raise Problem(_("--proxy cannot be used with {url}, which is this computer.").format(url=url))


def _with_secrets(wanted: Sequence[_Wanted], vault: Vault) -> Iterator[Account]:
    vault.demand(reference for each in wanted for reference in each.references.values())
    for each in wanted:
        secrets: dict[str, SecretStr] = {name: vault.read(ref) for name, ref in each.references.items()}
        yield replace(each.account, credentials=secrets)
