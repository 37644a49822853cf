"""How a watch speaks: one line a pass, a message for those who are told, and the same as JSON."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import reduce

from auditor.formats.escape import amount, instant, visible
from auditor.history.diff import Change, Seen
from auditor.i18n import _, labelled, sentences
from auditor.model.report import Verdict
from auditor.model.snapshot import Environment
from auditor.watch.notify.events import AccountNews, Happened, News
from auditor.watch.scheduler import Due, Over

SCHEMA = "auditor.news/1"
SHOWN = 20
"""Holdings named in a message; the rest is counted."""


def moment(at: datetime) -> str:
    """Write a time for people."""
    return _("{time} UTC").format(time=at.strftime("%Y-%m-%d %H:%M"))


def next_look(plan: Due | Over) -> str:
    """Say when the next look is, and why; or why there is none."""
    if isinstance(plan, Over):
        return _("No further look: {reason}").format(reason=plan.reason)
    return _("Next look {time}: {reason}.").format(time=moment(plan.at), reason=plan.reason)


def pass_line(news: News) -> str:
    """Write one line about a pass."""
    parts = [_account(account) for account in news.accounts]
    counts = _counts(news)
    said = [moment(news.at), _("pass {number}").format(number=news.number), _("; ").join(parts)]
    back = [_("CAME BACK: {what}").format(what=_what(each)) for each in news.of(Change.BACK)]
    return visible(sentences(*map(_ended, (reduce(labelled, said), *counts, *back)), next_look(news.plan)))


def _ended(clause: str) -> str:
    return _("{clause}.").format(clause=clause)


def holding(seen: Seen) -> str:
    """Name a holding: its place, what it is, and the rule that found it."""
    place = "/".join(part for part in (seen.owner, seen.surface) if part)
    subject = seen.subject if seen.asset in {None, seen.subject} else f"{seen.asset} {seen.subject}"
    return f"{place} {subject} ({seen.rule})"


def title(news: News) -> str:
    """Write what a message is about."""
    return visible(_("Exchange account audit: {accounts}").format(accounts=_("; ").join(map(_account, news.accounts))))


def message(news: News, *, amounts: bool) -> str:
    """Write what a message says. ``amounts``: name them; those who relay messages need not know."""
    told = [each for each in news.happened if each.transition.seen.blocks and each.transition.kind is not Change.UNSEEN]
    lines = [f"- {_change(each, amounts=amounts)}" for each in told[:SHOWN]]
    more = [_("- and {count} more").format(count=len(told) - SHOWN)] if len(told) > SHOWN else []
    return "\n".join(map(visible, [title(news), *lines, *more, *_notices(news), next_look(news.plan)]))


def document(news: News, *, amounts: bool) -> dict[str, object]:
    """Write the message as values of JSON."""
    plan = news.plan
    return {
        "schema": SCHEMA,
        "pass": news.number,
        "at": instant(news.at),
        "verdict": news.verdict.value,
        "over": isinstance(plan, Over),
        "reason": plan.reason,
        "next_at": instant(plan.at) if isinstance(plan, Due) else None,
        "accounts": [_account_json(account) for account in news.accounts],
        "changes": [_change_json(each, amounts=amounts) for each in news.happened],
    }


def _account(account: AccountNews) -> str:
    where = "" if account.environment is Environment.LIVE else _(" ({said})").format(said=_(account.environment.value))
    verdict = _(account.verdict.value.upper())
    if account.verdict is Verdict.CLEAN:
        verdict = _("CLEAN, confirmed") if account.confirmed else _("CLEAN, not confirmed yet")
    left = _("{count} left").format(count=account.blockers) if account.blockers else ""
    unread = _("{count} not read").format(count=account.unread) if account.unread else ""
    return f"{account.name}{where} " + _(", ").join(part for part in (verdict, left, unread) if part)


def _counts(news: News) -> list[str]:
    counted = Counter(each.transition.kind for each in news.happened)
    words = {
        Change.NEW: _("{count} new"),
        Change.CHANGED: _("{count} changed"),
        Change.RESOLVED: _("{count} resolved"),
        Change.BACK: _("{count} came back"),
        Change.UNSEEN: _("{count} not looked at"),
    }
    said = [text.format(count=counted[kind]) for kind, text in words.items() if counted[kind]]
    return [_(", ").join(said)] if said else []


def _what(happened: Happened) -> str:
    return f"{happened.account}/{holding(happened.transition.seen)}"


def _change(happened: Happened, *, amounts: bool) -> str:
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
    return f"{text} {figures} {seen.asset or ''}".rstrip()


def _notices(news: News) -> Iterator[str]:
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
