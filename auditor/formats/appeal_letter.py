"""`audit appeal`: a letter to the exchange's support about what only support can solve."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from auditor.formats import Sink
from auditor.formats.escape import escape_invisible, escape_unencodable
from auditor.formats.letter_items import LetterItem, letter_item
from auditor.formats.terminal import labels as words
from auditor.i18n import Message, Text, _, counted, joined, mark, moment, sentences
from auditor.model.errors import UserError
from auditor.model.report import AccountReport, Finding, Report, Severity
from auditor.model.snapshot import Environment, Read, Standing
from auditor.plan import Plan, make_plan
from auditor.plan.kinds import StepKind
from auditor.security.redaction import SECRETS
from auditor.settings.exchange_facts import config_if_written

# Only the user knows these; they are chosen with --about.
TOPICS: Mapping[str, str] = {
    "locked": mark(
        "My account was locked after a large withdrawal or an unusual sign-in. Please review it and lift the lock, or "
        "tell me what you need from me."
    ),
    "lost-factor": mark(
        "I no longer have the phone number or the second factor that my account asks for. Please tell me how to prove "
        "who I am and set a new one."
    ),
    "identity": mark(
        "My identity data are out of date. Please tell me how to update them, so that you can close the account."
    ),
}
# The letter stands below it, the notes for the user above it.
RULER = "-" * 72
SUPPORT_SOLVES = (StepKind.ASK_SUPPORT, StepKind.ASK_SUPPORT_LAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRequest:
    """What the user adds: the ``error`` that the exchange showed, and `TOPICS` that apply."""

    error: str | None = None
    about: tuple[str, ...] = ()

    @property
    def adds_something(self) -> bool:
        """Whether there is something to write that no check shows."""
        return self.error is not None or bool(self.about)


def check(request: LetterRequest) -> None:
    """Raise UserError for an unknown topic."""
    for topic in request.about:
        if topic not in TOPICS:
            raise UserError(
                _("--about cannot be {topic!r}. It can be: {known}.").format(topic=topic, known=", ".join(TOPICS))
            )


def render(request: LetterRequest, report: Report, sink: Sink) -> str:
    """Return a letter for each account below notes for the user, or a sentence that support is not needed.

    Times are in UTC, since support may be in any time zone.
    """
    plan = make_plan(report)
    translate = replace(sink.translate, zone=UTC)
    parts = (_part(request, report, account, plan) for account in report.accounts)
    text = "\n\n".join("\n".join(escape_invisible(translate(line)) for line in part) for part in parts)
    return escape_unencodable(SECRETS.text(f"{text}\n"), sink.encoding)


def _part(request: LetterRequest, report: Report, account: AccountReport, plan: Plan) -> Iterator[Text]:
    name = account.snapshot.name
    blockers = [f for f in report.findings if f.account == name and f.severity is Severity.BLOCKER]
    for_support = list(_for_support(plan, blockers))
    is_needed = for_support or (not blockers and _read_at(account) is not None)
    if not is_needed and not request.adds_something:
        yield from _no_letter(account, blockers)
        return
    yield _("NOTES FOR YOU (not part of the letter)")
    yield from (joined("", ("- ", note)) for note in _notes(request, account, blockers, for_support))
    yield RULER
    yield ""
    items = [letter_item(finding, account.snapshot) for finding in for_support]
    yield from _letter(request, account, items, clean=not blockers)


def _for_support(plan: Plan, blockers: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what only support can solve, in the order of the plan."""
    ours = {id(finding) for finding in blockers}
    for step in plan.steps:
        if step.kind in SUPPORT_SOLVES:
            yield from (finding for finding in step.findings if id(finding) in ours)


def _no_letter(account: AccountReport, blockers: Sequence[Finding]) -> Iterator[Text]:
    name = words.exchange_name(account.snapshot.exchange)
    if not blockers:
        text = _("{account}: nothing could be checked, so there is nothing to write to {exchange}'s support about.")
        yield text.format(account=account.snapshot.name, exchange=name)
        return
    text = _("{account}: nothing here needs {exchange}'s support, so there is no letter to write.")
    yield text.format(account=account.snapshot.name, exchange=name)
    yield _own_work(len(blockers))


def _own_work(count: int) -> Message:
    return counted(
        count,
        _("You can clear {count} item yourself. See: audit plan"),
        _("You can clear {count} items yourself. See: audit plan"),
    )


def _letter(
    request: LetterRequest, account: AccountReport, items: Sequence[LetterItem], *, clean: bool
) -> Iterator[Text]:
    """Yield the letter, which can be sent as it is."""
    snapshot = account.snapshot
    yield _("Subject: Closing my account, UID {uid}").format(uid=snapshot.uid or "?")
    yield ""
    yield _("Dear {exchange} support,").format(exchange=words.exchange_name(snapshot.exchange))
    yield ""
    yield sentences(*_situation(request, account, items, clean=clean))
    for number, item in enumerate(items, 1):
        yield ""
        yield from _item(number, item)
    for topic in request.about:
        yield ""
        yield _(TOPICS[topic])
    yield ""
    yield _closing(clean=clean, several=bool(items))
    yield ""
    yield _("Thank you for your help.")


def _situation(
    request: LetterRequest, account: AccountReport, items: Sequence[LetterItem], *, clean: bool
) -> Iterator[Text]:
    uid = account.snapshot.uid or "?"
    if request.error is None:
        yield _("I want to close my account, UID {uid}.").format(uid=uid)
    else:
        sentence = _('I want to close my account, UID {uid}. Your system refuses it and shows: "{error}"')
        yield sentence.format(uid=uid, error=request.error)
    if (read_at := _read_at(account)) is not None:
        yield _what_was_read(account).format(time=moment(read_at))
    if items:
        yield counted(len(items), _("Only you can solve this:"), _("Only you can solve these {count} items:"))
    elif clean:
        yield _("I found nothing left in it.")


def _what_was_read(account: AccountReport) -> Message:
    if any(reading.standing is Standing.DOCUMENTED for reading in account.unread):
        return _("On {time} I checked it through your API.")
    return _("On {time} I checked every product that your API shows.")


def _item(number: int, item: LetterItem) -> Iterator[Text]:
    yield joined(". ", (number, item.head))
    yield from (joined("", ("   ", detail)) for detail in (*item.details, item.request))


def _closing(*, clean: bool, several: bool) -> Message:
    if clean and not several:
        return _(
            "Please close the account, or tell me exactly what still prevents it: which asset, order or restriction."
        )
    return _("Please also tell me if anything else prevents you from closing the account.")


def _notes(
    request: LetterRequest, account: AccountReport, blockers: Sequence[Finding], for_support: Sequence[Finding]
) -> Iterator[Text]:
    """Yield what the user must know about the letter, and support need not."""
    snapshot = account.snapshot
    name = words.exchange_name(snapshot.exchange)
    if snapshot.environment is not Environment.LIVE:
        text = _("This is not a real account ({where}): do not send this letter.")
        yield text.format(where=words.environment_word(snapshot))
    facts = config_if_written(snapshot.exchange)
    if facts is not None and facts.support is not None:
        address = _("Send it only through {page} ({path}).")
        yield address.format(page=facts.support.page, path=_(facts.support.path))
    own_count = len(blockers) - len(for_support)
    if own_count:
        yield _own_work(own_count)
    yield from _enclosures(request)
    yield from _warning(name, () if facts is None else facts.own_site_hosts)


def _enclosures(request: LetterRequest) -> Iterator[Text]:
    if request.error is not None:
        yield _("Attach a screenshot of the message, without codes and without other people's data.")
    if {"identity", "lost-factor", "locked"} & {*request.about}:
        yield _("Prove your identity only when asked to, and only inside the exchange's own app or site.")
    yield _("An HTML report shows all your balances: attach one only if support asks for it.")


def _warning(name: str, hosts: Sequence[str]) -> Iterator[Text]:
    text = _(
        "BEWARE: nobody at {exchange} asks for a password, a code, an API key or a seed phrase. Send none of these."
    )
    yield text.format(exchange=name)
    yield _("Anyone who contacts you first about this letter is a scammer. Check a link with: audit official URL")
    if hosts:
        yield _("{exchange}'s own sites: {hosts}").format(exchange=name, hosts=", ".join(hosts))


def _read_at(account: AccountReport) -> datetime | None:
    """Return when the last place was read; None if none was."""
    return max((r.result.at for r in account.snapshot.readings if isinstance(r.result, Read)), default=None)
