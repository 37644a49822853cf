"""Verdicts of accounts and runs, and the status of each condition of the exchange.

Clean has to be proved; the absence of findings is not enough. Every area must be covered, every documented surface
settled, no record may hold anything, and a second reading must have confirmed all of it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.assessment.asset_codes import is_no_asset
from auditor.i18n import _, mark
from auditor.model.records import Area, Record
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

UNDOCUMENTED = mark("not documented by the exchange: {endpoint}")
PRECEDENCE = (Verdict.BLOCKED, Verdict.REFUSED, Verdict.INCOMPLETE)


def judge_account(account: AccountSnapshot, findings: Iterable[Finding]) -> Verdict:
    """Return the verdict of one account; ``findings`` may include those of other accounts."""
    if account.refused is not None:
        return Verdict.REFUSED
    if any(blocked_areas(account, findings)):
        return Verdict.BLOCKED
    return Verdict.CLEAN if _proved(account) else Verdict.INCOMPLETE


def overall_verdict(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of a run: the worst of its accounts, INCOMPLETE without accounts."""
    distinct = set(verdicts)
    for verdict in PRECEDENCE:
        if verdict in distinct:
            return verdict
    return Verdict.CLEAN if distinct == {Verdict.CLEAN} else Verdict.INCOMPLETE


def requirements(
    snapshot: Snapshot, findings: Sequence[Finding], configs: Mapping[str, ExchangeConfig]
) -> tuple[Requirement, ...]:
    """Return the status of each exchange's conditions, and the surfaces to check in the app.

    The status of a condition covers all accounts at the exchange.
    """
    lines: list[Requirement] = []
    for exchange in dict.fromkeys(account.exchange for account in snapshot.accounts):
        accounts = [account for account in snapshot.accounts if account.exchange == exchange]
        for fact in configs[exchange].requirements:
            elsewhere = [account for account in snapshot.accounts if account.exchange == fact.audited_as]
            same = _of_the_same_clients(accounts, elsewhere)
            proved = _proved_elsewhere(fact, exchange, same, findings) if same else None
            lines.append(proved or _requirement(fact, exchange, accounts, findings))
        manual_facts = {fact.id for fact in configs[exchange].requirements if fact.manual}
        lines += [manual_line for account in accounts for manual_line in _manual_lines(snapshot, account, manual_facts)]
    return tuple(lines)


def blocked_areas(account: AccountSnapshot, findings: Iterable[Finding]) -> set[Area]:
    """Return the areas in which a finding blocks, or a record holds something.

    A record counts whatever the rules reported. Holdings of a sub-account, read with the main account's key or its own,
    block in their own area and in that of sub-accounts.
    """
    reported = [(f.area, f.owner) for f in findings if f.account == account.name and f.severity is Severity.BLOCKER]
    held = [(record.AREA, record.owner) for _reading, record in records(account) if _holds(account, record)]
    blocking = {*reported, *held}
    subs = {Area.SUBACCOUNTS for _area, owner in blocking if owner is not None or account.kind == "sub"}
    return subs | {area for area, _owner in blocking}


def _holds(account: AccountSnapshot, record: Record) -> bool:
    return record.holds and not is_no_asset(account.exchange, record)


def _proved(account: AccountSnapshot) -> bool:
    """Return whether the account is identified, confirmed by a second reading and fully read."""
    confirmed = account.uid is not None and account.confirmed_at is not None
    return confirmed and _settled(account, Area) and _covered(account, Area)


def _settled(account: AccountSnapshot, areas: Iterable[Area]) -> bool:
    """Return whether each documented surface of ``areas`` was read or does not apply.

    Surfaces of sub-accounts count as well.
    """
    wanted_areas = set(areas)
    unsettled = (r for r in account.readings if not isinstance(r.result, Read | NotApplicable))
    return not any(r.standing is Standing.DOCUMENTED and wanted_areas & _concerned_areas(r) for r in unsettled)


def _concerned_areas(reading: Reading) -> set[Area]:
    """Return the areas that a reading concerns: its own, and others depending on its result.

    SUBACCOUNTS for a reading of a sub-account, STATUS if a restriction prevented it, and every area if the account
    changed while it was read.
    """
    trouble = reading.result.trouble if isinstance(reading.result, Unread) else None
    if trouble is Trouble.UNSETTLED:
        return set(Area)
    more = {Area.STATUS} if trouble is Trouble.RESTRICTED else set()
    return {reading.area} | more | ({Area.SUBACCOUNTS} if reading.owner is not None else set())


def _covered(account: AccountSnapshot, areas: Iterable[Area]) -> bool:
    """Return whether each of ``areas`` has at least one documented surface that answered.

    Every account has balances, so a surface of that area must be Read; NotApplicable is not enough.
    """
    own = [r for r in account.readings if r.owner is None and r.standing is Standing.DOCUMENTED]
    return all(any(_has_answer(reading, area) for reading in own) for area in areas)


def _has_answer(reading: Reading, area: Area) -> bool:
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


def _of_the_same_clients(
    accounts: Sequence[AccountSnapshot], elsewhere: Sequence[AccountSnapshot]
) -> Sequence[AccountSnapshot]:
    """Return the accounts of another exchange of the brand; none unless each client has one, by the word of both."""
    clients = {_client(account) for account in accounts}
    same = [account for account in elsewhere if _client(account) in clients - {""}]
    return same if {_client(account) for account in same} == clients else ()


def _client(account: AccountSnapshot) -> str:
    """Return whose account it is, however it is spaced; "" where the exchange does not say."""
    return "".join((account.client or "").split()).upper()


def _proved_elsewhere(
    fact: RequirementFact, exchange: str, elsewhere: Sequence[AccountSnapshot], findings: Sequence[Finding]
) -> Requirement:
    """Return a condition that another exchange's accounts of the same run prove, one of the same brand."""
    status = {Verdict.CLEAN: Status.MET, Verdict.BLOCKED: Status.BLOCKED}
    statuses = (status.get(judge_account(account, findings), Status.UNKNOWN) for account in elsewhere)
    names = ", ".join(account.name for account in elsewhere)
    detail = _("It was audited in this run as {account}, whose key is of the same client.")
    whole = _requirement(fact, exchange, (), findings)
    return replace(whole, status=_worst(statuses), detail=detail.format(account=names))


def _status(fact: RequirementFact, account: AccountSnapshot, findings: Sequence[Finding]) -> Status:
    if blocked_areas(account, findings).intersection(fact.areas):
        return Status.BLOCKED
    proof = {*fact.areas, *fact.seen_in}
    fully_read = account.refused is None and _settled(account, proof) and _covered(account, proof)
    return Status.MET if fully_read else Status.UNKNOWN


def _worst(statuses: Iterable[Status]) -> Status:
    distinct = set(statuses)
    if Status.BLOCKED in distinct:
        return Status.BLOCKED
    return Status.MET if distinct == {Status.MET} else Status.UNKNOWN


def _manual_lines(snapshot: Snapshot, account: AccountSnapshot, manual_facts: Collection[str]) -> Iterator[Requirement]:
    """Yield one line for each surface to check in the app, however often the key was refused there.

    ``manual_facts``: manual requirements, which stand for the surfaces that they name.
    """
    lines: dict[str, Requirement] = {}
    for reading in account.readings:
        by_eye = reading.standing is Standing.UNDOCUMENTED and reading.told_in not in manual_facts
        if by_eye and isinstance(reading.result, Unread):
            line = _manual_line(snapshot, account, reading, reading.result)
            lines.setdefault(line.id, line)
    yield from lines.values()


def _manual_line(snapshot: Snapshot, account: AccountSnapshot, reading: Reading, unread: Unread) -> Requirement:
    account_name = account.name if reading.owner is None else f"{account.name}/{reading.owner}"
    return Requirement(
        id=f"unread-{account_name}-{reading.surface}",
        exchange=account.exchange,
        title=_("{surface} ({account}): it could not be read").format(surface=_(reading.title), account=account_name),
        status=Status.MANUAL,
        source=_(reading.by_eye or UNDOCUMENTED).format(endpoint=reading.endpoint),
        as_of=snapshot.finished_at.date().isoformat(),
        official=False,
        detail=unread.reason,
    )
