"""A family as a look finds it: one transaction says whether it is due, claims it and reads what a plan goes by.

Each transaction and each statement is a round trip to a database that may be far away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, select

from auditor.fleet.accounts import FleetAccount, find_family
from auditor.fleet.standing import has_alarm, pass_on
from auditor.history import claims, lease, repeats
from auditor.history import queries as rows
from auditor.history import schema as t
from auditor.history import serialization as codec
from auditor.history.models import AccountState, ConfiguredAccount
from auditor.history.serialization import Pass
from auditor.history.store import History

States = Mapping[ConfiguredAccount, AccountState | None]


@dataclass(frozen=True, slots=True)
class KnownPasses:
    """What was read of a family's history, for a planner; what else it asks for is read when it does.

    ``contents``: last passes as they are stored; ``done``: the pass that was just stored, with its number.
    """

    history: History
    states: States
    contents: Mapping[int, bytes] = field(default_factory=dict)
    done: Mapping[int, Pass] = field(default_factory=dict)

    def state(self, account: ConfiguredAccount) -> AccountState | None:
        """Return the state of an account after the last pass of a watch."""
        return self.states[account]

    def load(self, number: int) -> Pass:
        """Return a stored pass. Raises UserError."""
        if number in self.done:
            return self.done[number]
        content = self.contents.get(number, repeats.REPEATED)
        return self.history.load(number) if content == repeats.REPEATED else codec.decode(content)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFamily:
    """A family as a look finds it. ``due_at``: None where nothing is planned, or not at this egress.

    ``passes``: what is known of it, None where it is not due or somebody else has it; ``families``: those that were
    claimed; ``last``: the number of their last pass; ``has_alarm``: the engine was asked to ring for it later.
    """

    accounts: tuple[FleetAccount, ...]
    due_at: datetime | None
    passes: KnownPasses | None = None
    families: tuple[claims.Family, ...] = ()
    last: int = 0
    has_alarm: bool = False


class _OtherFamilyError(Exception):
    """The accounts are of another family than the list says: what was claimed is rolled back."""


def find_due(connection: Connection, key: str, egress: str) -> FoundFamily:
    """Return the accounts of a family, and when they are due."""
    accounts = find_family(connection, key)
    due = min((account.due_at for account in accounts if account.due_at), default=None)
    is_own = bool(accounts) and accounts[0].egress == egress
    return FoundFamily(accounts=accounts, due_at=due if is_own else None)


def claim_due(history: History, key: str, egress: str, now: datetime, holder: str) -> FoundFamily:
    """Return a family, claimed by ``holder`` if it is due and nobody else has it. To call it again changes nothing."""
    try:
        with history.writing() as connection:
            found = find_due(connection, key, egress)
            if found.due_at is None:
                pass_on(connection, key, egress, now)
                return found
            if found.due_at > now or not _take_listed(connection, key, holder):
                return replace(found, has_alarm=has_alarm(connection, key, now))
            # Read under the claim: whoever had it before may have stored a pass a moment ago.
            found = _with_passes(connection, history, found)
            return _checked(found, key)
    except _OtherFamilyError:
        return _claim_by_accounts(history, found, holder)


def claim_more(connection: Connection, configured: Sequence[ConfiguredAccount], holder: str) -> int | None:
    """Claim what accounts turn out to be once their keys are known, beside what ``holder`` has.

    Return the number of the last pass of their families; None if somebody else has one of them.
    """
    families = claims.find_families(connection, configured)
    is_taken = claims.take(connection, families, holder, lease.LASTS)
    # Whoever had them before may have found out meanwhile which accounts belong together.
    if not is_taken or families != claims.find_families(connection, configured):
        return None
    return claims.last_pass(connection, families)


def read_states(connection: Connection, configured: Iterable[ConfiguredAccount]) -> States:
    """Return the state of each account after its last pass."""
    return {account: rows.read_account_state(connection, account) for account in configured}


def _claim_by_accounts(history: History, found: FoundFamily, holder: str) -> FoundFamily:
    """Claim a family by what the history knows of its accounts."""
    if not lease.RowLease(history, [account.configured for account in found.accounts], holder=holder).take():
        return replace(found, passes=None)
    with history.reading() as connection:
        return _with_passes(connection, history, found)


def _listed(key: str) -> claims.Family:
    exchange, environment, main_uid = key.split("/", 2)
    return (exchange, environment, main_uid)


def _checked(found: FoundFamily, key: str) -> FoundFamily:
    if found.families != (_listed(key),):
        raise _OtherFamilyError
    return found


def _take_listed(connection: Connection, key: str, holder: str) -> bool:
    return claims.take(connection, [_listed(key)], holder, lease.LASTS)


def _with_passes(connection: Connection, history: History, found: FoundFamily) -> FoundFamily:
    """Return a claimed family with what a plan for it goes by."""
    states = read_states(connection, [account.configured for account in found.accounts])
    families, p = claims.families_of(states), t.passes.c
    numbers = {state.pass_id for state in states.values() if state is not None}
    contents = connection.execute(select(p.id, p.content).where(p.id.in_(numbers))).all() if numbers else ()
    passes = KnownPasses(history, states, {row.id: row.content for row in contents})
    last = claims.last_pass(connection, families)
    return replace(found, passes=passes, families=families, last=last)
