"""How a watch speaks: one line a pass, a message for those who are shown, and the same as JSON."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import reduce

from auditor.formats.escape import amount, instant, visible
from auditor.history.diff import Change, Seen
from auditor.i18n import EMPTY, Message, Translator, _, joined, labelled, sentences
from auditor.model.report import Verdict
from auditor.model.snapshot import Environment
from auditor.watch.notify.events import AccountNews, Happened, News
from auditor.watch.scheduler import Due, Over

SCHEMA = "auditor.news/1"
SHOWN = 20
"""Holdings named in a message; the rest is counted."""


def moment(at: datetime) -> Message:
    """Write a time for people."""
    return _("{time} UTC").format(time=at.strftime("%Y-%m-%d %H:%M"))


def next_look(plan: Due | Over) -> Message:
    """Say when the next look is, and why; or why there is none."""
    if isinstance(plan, Over):
        return _("No further look: {reason}").format(reason=plan.reason)
    return _("Next look {time}: {reason}.").format(time=moment(plan.at), reason=plan.reason)


def pass_line(news: News) -> Message:
    """Write one line about a pass."""
    accounts = _("; ").join(_account(account) for account in news.accounts)
    head = reduce(labelled, (moment(news.at), _("pass {number}").format(number=news.number), accounts))
    back = [_("CAME BACK: {what}").format(what=_what(happened)) for happened in news.of(Change.BACK)]
    return sentences(*map(_ended, (head, *_counts(news), *back)), next_look(news.plan))


def _ended(clause: Message) -> Message:
    return _("{clause}.").format(clause=clause)


def holding(seen: Seen) -> str:
    """Name a holding: its place, what it is, and the rule that found it."""
    place = "/".join(part for part in (seen.owner, seen.surface) if part)
    subject = seen.subject if seen.asset in {None, seen.subject} else f"{seen.asset} {seen.subject}"
    return f"{place} {subject} ({seen.rule})"


def title(news: News) -> Message:
    """Write what a message is about."""
    return _("Exchange account audit: {accounts}").format(accounts=_("; ").join(map(_account, news.accounts)))


def message(news: News, translate: Translator, *, amounts: bool) -> str:
    """Write what a message says. ``amounts``: name them; those who relay messages need not know."""
    shown = [
        each for each in news.happened if each.transition.seen.blocks and each.transition.kind is not Change.UNSEEN
    ]
    changes = [joined("", ("- ", _change(happened, amounts=amounts))) for happened in shown[:SHOWN]]
    more = [_("- and {count} more").format(count=len(shown) - SHOWN)] if len(shown) > SHOWN else []
    lines = (title(news), *changes, *more, *_notices(news), next_look(news.plan))
    return "\n".join(visible(translate(line)) for line in lines)


def document(news: News, translate: Translator, *, amounts: bool) -> dict[str, object]:
    """Write the message as values of JSON."""
    plan = news.plan
    return {
        "schema": SCHEMA,
        "pass": news.number,
        "at": instant(news.at),
        "verdict": news.verdict.value,
        "over": isinstance(plan, Over),
        "reason": translate(plan.reason),
        "next_at": instant(plan.at) if isinstance(plan, Due) else None,
        "accounts": [_account_json(account) for account in news.accounts],
        "changes": [_change_json(each, amounts=amounts) for each in news.happened],
    }


def _account(account: AccountNews) -> Message:
    live = account.environment is Environment.LIVE
    where = EMPTY if live else _(" ({said})").format(said=_(account.environment.value))
    verdict = _(account.verdict.value.upper())
    if account.verdict is Verdict.CLEAN:
        verdict = _("CLEAN, confirmed") if account.confirmed else _("CLEAN, not confirmed yet")
    left = _("{count} left").format(count=account.blockers) if account.blockers else EMPTY
    unread = _("{count} not read").format(count=account.unread) if account.unread else EMPTY
    standing = _(", ").join(part for part in (verdict, left, unread) if part)
    return joined("", (account.name, where, " ", standing))


def _counts(news: News) -> list[Message]:
    counted = Counter(each.transition.kind for each in news.happened)
    words = {
        Change.NEW: _("{count} new"),
        Change.CHANGED: _("{count} changed"),
        Change.RESOLVED: _("{count} resolved"),
        Change.BACK: _("{count} came back"),
        Change.UNSEEN: _("{count} not looked at"),
    }
    counts = [text.format(count=counted[kind]) for kind, text in words.items() if counted[kind]]
    return [_(", ").join(counts)] if counts else []


def _what(happened: Happened) -> str:
    return f"{happened.account}/{holding(happened.transition.seen)}"


def _change(happened: Happened, *, amounts: bool) -> Message:
    kind, seen, before = happened.transition.kind, happened.transition.seen, happened.transition.before
    words = {
        Change.NEW: _("new: {what}"),
        Change.BACK: _("CAME BACK: {what}"),
        Change.CHANGED: _("changed: {what}"),
        Change.RESOLVED: _("resolved: {what}"),
    }
    text = words[kind].format(what=_what(happened))
    if not amounts or seen.amount is None:
        return text
    figures = amount(seen.amount) if kind is not Change.CHANGED else f"{amount(before)} -> {amount(seen.amount)}"
    return joined(" ", filter(None, (text, figures, seen.asset)))


def _notices(news: News) -> Iterator[Message]:
    for account in news.accounts:
        if account.stale:
            last = _("never") if account.complete_at is None else moment(account.complete_at)
            text = _("{name}: no complete pass was possible for long (the last one: {last}); see what is not read.")
            yield text.format(name=account.name, last=last)


def _account_json(account: AccountNews) -> dict[str, object]:
    return {
        "name": account.name,
        "exchange": account.exchange,
        "environment": account.environment.value,
        "verdict": account.verdict.value,
        "confirmed": account.confirmed,
        "blockers": account.blockers,
        "unread": account.unread,
        "last_complete_at": instant(account.complete_at),
        "stale": account.stale,
    }


def _change_json(happened: Happened, *, amounts: bool) -> dict[str, object]:
    transition, seen = happened.transition, happened.transition.seen
    figures = {"amount": amount(seen.amount), "before": amount(transition.before)} if amounts else {}
    return {
        "kind": transition.kind.value,
        "account": happened.account,
        "surface": seen.surface,
        "owner": seen.owner,
        "subject": seen.subject,
        "rule": seen.rule,
        "severity": seen.severity.value,
        "asset": seen.asset,
        **figures,
    }
