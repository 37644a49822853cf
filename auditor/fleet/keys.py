"""The keys of a family: fetched when its pass begins, forgotten when it ends."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

from auditor.fleet.accounts import FleetAccount
from auditor.history.models import ConfiguredAccount
from auditor.i18n import Message
from auditor.model.account import Account
from auditor.model.errors import UserError
from auditor.model.snapshot import Environment
from auditor.security.credentials_template import CredentialsTemplate, KeyOwner
from auditor.security.secret_forms import check_secret_form
from auditor.settings import exchange_checks as needs
from auditor.watch.audit_pass import to_configured_account


@dataclass(frozen=True, slots=True)
class FamilyKeys:
    """The accounts of a family with their keys, and the reason for each whose keys cannot be had."""

    accounts: tuple[Account, ...]
    lacking: tuple[tuple[FleetAccount, Message], ...]

    @property
    def configured(self) -> tuple[ConfiguredAccount, ...]:
        """The identities under which the history stores the accounts of the pass."""
        return (*map(to_configured_account, self.accounts), *(account.configured for account, _why in self.lacking))


@asynccontextmanager
async def fetched(family: Sequence[FleetAccount], template: CredentialsTemplate) -> AsyncIterator[FamilyKeys]:
    """Yield a family's keys, which the redaction filter knows until the block ends."""
    accounts: list[Account] = []
    lacking: list[tuple[FleetAccount, Message]] = []
    async with AsyncExitStack() as stack:
        for account in family:
            try:
                accounts.append(await _with_keys(account, template, stack))
            except UserError as problem:
                lacking.append((account, problem.message))
        yield FamilyKeys(tuple(accounts), tuple(lacking))


async def _with_keys(account: FleetAccount, template: CredentialsTemplate, stack: AsyncExitStack) -> Account:
    needed = needs.credentials(account.exchange)
    owner = KeyOwner(name=account.name, exchange=account.exchange, needed=needed, uid=account.uid)
    found = await stack.enter_async_context(template.fetched(owner))
    for name, secret in found.items():
        check_secret_form(account.exchange, name, secret.get_secret_value(), f"{account.name}: {name}")
    return replace(without_keys(account), credentials=found)


def without_keys(account: FleetAccount) -> Account:
    """Return an account of the fleet as an audit knows it."""
    return Account(
        name=account.name,
        exchange=account.exchange,
        credentials={},
        uid=account.uid,
        base_url=account.base_url,
        demo=account.environment is Environment.DEMO,
    )
