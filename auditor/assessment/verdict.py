"""From findings and readings to what may be said: per account, overall, and for each condition of the exchange.

Clean is a proof, not a remainder: every area covered, every documented surface settled, nothing that holds, and all of
it confirmed by a second reading.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.i18n import _, mark
from auditor.model.records import Area
from auditor.model.report import Finding, Requirement, Severity, Status, Verdict
from auditor.model.snapshot import (
    AccountSnapshot,
    NotApplicable,
    Read,
    Reading,
    Snapshot,
    Standing,
    Trouble,
    Unread,
    records,
)
from auditor.settings.exchange_facts import ExchangeConfig, RequirementFact

NOWHERE = mark("not documented by the exchange: {endpoint}")
PRECEDENCE = (Verdict.BLOCKED, Verdict.REFUSED, Verdict.INCOMPLETE)


def judge_account(account: AccountSnapshot, findings: Iterable[Finding]) -> Verdict:
    """Say what can be said of one account; ``findings`` may be those of all accounts."""
    if account.refused is not None:
        return Verdict.REFUSED
    if any(blocked_areas(account, findings)):
        return Verdict.BLOCKED
    return Verdict.CLEAN if _proved(account) else Verdict.INCOMPLETE


def overall(verdicts: Iterable[Verdict]) -> Verdict:
    """Give the verdict of a run: the worst of its accounts'. A run without accounts has proved nothing."""
    given = set(verdicts)
    for verdict in PRECEDENCE:
        if verdict in given:
            return verdict
    return Verdict.CLEAN if given == {Verdict.CLEAN} else Verdict.INCOMPLETE


def requirements(
    snapshot: Snapshot, findings: Sequence[Finding], configs: Mapping[str, ExchangeConfig]
) -> tuple[Requirement, ...]:
    """Where each condition of each exchange stands, over all of its accounts, and what must be looked at by eye."""
    found: list[Requirement] = []
    for exchange in dict.fromkeys(account.exchange for account in snapshot.accounts):
        accounts = [account for account in snapshot.accounts if account.exchange == exchange]
        found += [_requirement(fact, exchange, accounts, findings) for fact in configs[exchange].requirements]
        found += [line for account in accounts for line in _by_eye(snapshot, account)]
    return tuple(found)


def blocked_areas(account: AccountSnapshot, findings: Iterable[Finding]) -> set[Area]:
    """Areas in which something blocks: by a finding, or by a record that holds whatever the rules said.

    What a sub-account holds, by the main account's key or its own, blocks in its area and in that of sub-accounts.
    """
    found = [(f.area, f.owner) for f in findings if f.account == account.name and f.severity is Severity.BLOCKER]
    held = [(record.AREA, record.owner) for _reading, record in records(account) if record.holds]
    both = {*found, *held}
    subs = {Area.SUBACCOUNTS for _area, owner in both if owner is not None or account.kind == "sub"}
    return subs | {area for area, _owner in both}


def _proved(account: AccountSnapshot) -> bool:
    """Known, confirmed by a second reading, and looked into everywhere."""
    known = account.uid is not None and account.confirmed_at is not None
    return known and _settled(account, Area) and _covered(account, Area)


def _settled(account: AccountSnapshot, areas: Iterable[Area]) -> bool:
    """Whether every documented surface of ``areas``, sub-accounts' too, was read or does not apply."""
    wanted = set(areas)
    concerned = [r for r in account.readings if wanted & _concerns(r) and r.standing is Standing.DOCUMENTED]
    return all(isinstance(reading.result, Read | NotApplicable) for reading in concerned)


def _concerns(reading: Reading) -> set[Area]:
    """Its area, and that of sub-accounts when it is one's; the account's status too when a restriction is why.

    Every area when the account did not hold still.
    """
    trouble = reading.result.trouble if isinstance(reading.result, Unread) else None
    if trouble is Trouble.UNSETTLED:
        return set(Area)
    more = {Area.STATUS} if trouble is Trouble.RESTRICTED else set()
    return {reading.area} | more | ({Area.SUBACCOUNTS} if reading.owner is not None else set())


def _covered(account: AccountSnapshot, areas: Iterable[Area]) -> bool:
    """Whether each of ``areas`` was looked into at all. No account is without balances, so those must be Read."""
    own = [r for r in account.readings if r.owner is None and r.standing is Standing.DOCUMENTED]
    return all(any(_answers(reading, area) for reading in own) for area in areas)


def _answers(reading: Reading, area: Area) -> bool:
    kinds = (Read,) if area is Area.BALANCES else (Read, NotApplicable)
    return reading.area is area and isinstance(reading.result, kinds)


def _requirement(
    fact: RequirementFact, exchange: str, accounts: Sequence[AccountSnapshot], findings: Sequence[Finding]
) -> Requirement:
    return Requirement(
        id=fact.id,
        exchange=exchange,
        title=_(fact.title),
        status=Status.MANUAL if fact.manual else _worst(_status(fact, account, findings) for account in accounts),
        source=_(fact.source),
        as_of=fact.as_of.isoformat(),
        official=fact.official,
        detail=_(fact.note),
    )


def _status(fact: RequirementFact, account: AccountSnapshot, findings: Sequence[Finding]) -> Status:
    if blocked_areas(account, findings).intersection(fact.areas):
        return Status.BLOCKED
    proof = {*fact.areas, *fact.seen_in}
    looked = account.refused is None and _settled(account, proof) and _covered(account, proof)
    return Status.MET if looked else Status.UNKNOWN


def _worst(statuses: Iterable[Status]) -> Status:
    given = set(statuses)
    if Status.BLOCKED in given:
        return Status.BLOCKED
    return Status.MET if given == {Status.MET} else Status.UNKNOWN


def _by_eye(snapshot: Snapshot, account: AccountSnapshot) -> Iterator[Requirement]:
    """Yield a line for each surface that a person must look at, however often the key was refused there."""
    seen: dict[str, Requirement] = {}
    for reading in account.readings:
        if reading.standing is Standing.UNDOCUMENTED and isinstance(reading.result, Unread):
            line = _eye_line(snapshot, account, reading, reading.result)
            seen.setdefault(line.id, line)
    yield from seen.values()


def _eye_line(snapshot: Snapshot, account: AccountSnapshot, reading: Reading, unread: Unread) -> Requirement:
    whose = account.name if reading.owner is None else f"{account.name}/{reading.owner}"
    return Requirement(
        id=f"unread-{whose}-{reading.surface}",
        exchange=account.exchange,
        title=_("{surface} ({account}): look by eye, it could not be read: {reason}").format(
            surface=_(reading.title), account=whose, reason=unread.reason
        ),
        status=Status.MANUAL,
        source=_(reading.by_eye or NOWHERE).format(endpoint=reading.endpoint),
        as_of=snapshot.finished_at.date().isoformat(),
        official=False,
        detail=unread.reason,
    )
