"""`audit appeal`: a letter to the exchange's support, with what is left and no more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.formats import Sink
from auditor.formats.escape import escape_invisible, escape_unencodable
from auditor.formats.terminal import labels as words
from auditor.i18n import Message, Text, _, joined, labelled, mark
from auditor.model.errors import UserError
from auditor.model.report import AccountReport, Finding, Report, Severity
from auditor.model.snapshot import Environment, Read
from auditor.plan import Step, make_plan
from auditor.plan.kinds import StepKind
from auditor.security.redaction import SECRETS
from auditor.settings.exchange_facts import ExchangeConfig, config_if_written

# Only the user knows these; they are chosen with --about.
TOPICS: Mapping[str, str] = {
    "locked": mark(
        "The account was locked after a large withdrawal or an unusual sign-in. I ask you to review it and to lift the "
        "lock, or to tell me what you need for that."
    ),
    "lost-factor": mark(
        "I no longer have the phone number or the second factor that the account asks for. I ask you to tell me how to "
        "prove who I am and to set a new one."
    ),
    "identity": mark(
        "My identity data are out of date. I ask you to tell me how to bring them up to date, so that the account can "
        "be closed."
    ),
}
# Everything below it is for the user, not for support.
RULER = "-" * 72
SUPPORT_SOLVES = (StepKind.ASK_SUPPORT, StepKind.ASK_SUPPORT_LAST)
DEFAULT_REQUEST = mark("solve this, or tell me how")
REQUESTS: Mapping[str, str] = {
    "account-restricted": mark("lift the restriction, or tell me what you need for that"),
    "flow-stuck": mark("complete this movement or return it, and tell me by when"),
    "frozen-balance": mark("release what is frozen, or tell me what holds it"),
    "sub-account-frozen": mark("unfreeze this sub-account, or tell me what is needed for that"),
    "no-market": mark("tell me how to withdraw or give up this asset, which no market trades"),
    "non-tradable-asset": mark("tell me how to withdraw or give up this asset, which cannot be traded"),
    "dust-below-minimum": mark("convert or remove this remainder, which is too small to be sold or withdrawn"),
    "lot-residue": mark("convert or remove this remainder, which is too small to be sold or withdrawn"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRequest:
    """What the user adds: the ``error`` that the exchange showed, and `TOPICS` that apply."""

    error: str | None = None
    about: tuple[str, ...] = ()


def check(request: LetterRequest) -> None:
    """Raise UserError for an unknown topic."""
    for topic in request.about:
        if topic not in TOPICS:
            raise UserError(
                _("--about cannot be {topic!r}. It can be: {known}.").format(topic=topic, known=", ".join(TOPICS))
            )


def render(request: LetterRequest, report: Report, sink: Sink) -> str:
    """Return a letter for each account, with a list of enclosures and a warning."""
    steps = make_plan(report).steps
    letters = (_letter(request, report, account, steps) for account in report.accounts)
    text = "\n\n".join("\n".join(escape_invisible(sink.translate(line)) for line in letter) for letter in letters)
    return escape_unencodable(SECRETS.text(f"{text}\n"), sink.encoding)


def _letter(request: LetterRequest, report: Report, account: AccountReport, steps: Sequence[Step]) -> Iterator[Text]:
    snapshot = account.snapshot
    facts = config_if_written(snapshot.exchange)
    name = words.exchange_name(snapshot.exchange)
    blockers = [f for f in report.findings if f.account == snapshot.name and f.severity is Severity.BLOCKER]
    for_support = [f for step in steps if step.kind in SUPPORT_SOLVES for f in step.findings if f in blockers]
    yield _("Subject: closing of account uid {uid}").format(uid=snapshot.uid or "?")
    yield ""
    yield _("Dear {exchange} support,").format(exchange=name)
    yield ""
    yield from _situation(request, account, blockers)
    yield from _remaining(for_support or blockers)
    yield from _requests(request, for_support, blockers)
    yield ""
    yield _("Thank you for your help.")
    yield ""
    yield RULER
    yield from _enclosures(request, account, for_support, report)
    yield from _own_tasks(for_support, blockers)
    yield ""
    yield from _address(facts)
    yield from _warning(facts, name)


def _address(facts: ExchangeConfig | None) -> Iterator[Text]:
    if facts is not None and facts.support is not None:
        address = _("Send it only through {page} ({path}).")
        yield address.format(page=facts.support.page, path=_(facts.support.path))


def _situation(request: LetterRequest, account: AccountReport, blockers: Sequence[Finding]) -> Iterator[Text]:
    snapshot = account.snapshot
    if snapshot.environment is not Environment.LIVE:
        yield _("[This is not a real account ({where}): do not send this letter.]").format(
            where=words.environment_word(snapshot)
        )
    if request.error is None:
        yield _("I want to close my account, uid {uid}.").format(uid=snapshot.uid or "?")
    else:
        sentence = _('I want to close my account, uid {uid}. Your system refuses it and shows: "{error}"')
        yield sentence.format(uid=snapshot.uid or "?", error=request.error)
    read_at = [reading.result.at for reading in snapshot.readings if isinstance(reading.result, Read)]
    if read_at:
        tried = _("What I have tried: on {time} I read every part of it that your API shows, {read} of {all} in full.")
        yield tried.format(time=words.moment(max(read_at)), read=len(read_at), all=len(snapshot.readings))
    if not blockers:
        yield _("Nothing that blocks was found there.")


def _remaining(findings: Sequence[Finding]) -> Iterator[Text]:
    """Yield the list of remaining blockers; nothing if there are none."""
    if findings:
        yield ""
        yield _("What is left, with its exact amounts:")
        yield from (_item(finding.message) for finding in findings)


def _item(text: Text) -> Message:
    return joined("", ("- ", text))


def _own_tasks(for_support: Sequence[Finding], blockers: Sequence[Finding]) -> Iterator[Text]:
    """Yield a note to the user, not to support, about what they can clear themselves."""
    own_count = len(blockers) - len(for_support)
    if own_count:
        yield ""
        yield _("Clear first what you can clear yourself, {count} things: audit plan").format(count=own_count)


def _requests(request: LetterRequest, for_support: Sequence[Finding], blockers: Sequence[Finding]) -> Iterator[Text]:
    yield ""
    yield _("I ask you to:")
    for finding in for_support:
        ask = _(REQUESTS.get(finding.rule, DEFAULT_REQUEST))
        owner = finding.asset or finding.surface
        subject = _("{place} ({owner})").format(place=finding.subject, owner=owner)
        yield _item(labelled(subject, ask))
    if not blockers:
        yield _item(
            _("close the account, or tell me exactly what still prevents it: which asset, order or restriction")
        )
    else:
        yield _item(_("tell me whether anything else prevents the closing"))
    yield from (_item(_(TOPICS[topic])) for topic in request.about)


def _enclosures(
    request: LetterRequest, account: AccountReport, for_support: Sequence[Finding], report: Report
) -> Iterator[Text]:
    yield _("To attach:")
    report_line = _("this audit's report (audit --format html --output report.html), dated {time}")
    yield _item(report_line.format(time=words.moment(report.generated_at)))
    if request.error is not None:
        yield _item(_("a screenshot of the message, without codes and without other people's data"))
    if any(finding.rule == "flow-stuck" for finding in for_support):
        yield _item(_("for each deposit or withdrawal: its number, its transaction hash and the network"))
    if account.unread:
        yield _item(_("the list of what could not be read; it stands in the report"))
    if {"identity", "lost-factor", "locked"} & {*request.about}:
        yield _item(_("proof of identity only when it is asked for, and only inside the exchange's own app or site"))


def _warning(facts: ExchangeConfig | None, name: str) -> Iterator[Text]:
    yield _(
        "BEWARE. Nobody at {exchange} asks for a password, a code, an API key or a seed phrase. Send none of these."
    ).format(exchange=name)
    yield _("Whoever writes to you first about this letter is a swindler. Check a link with: audit official URL")
    if facts is not None:
        yield _("{exchange}'s own sites: {hosts}").format(exchange=name, hosts=", ".join(facts.own_site_hosts))
