"""Wording of a watch: one line per pass, the text of a notification, and the same as JSON."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import reduce

from auditor.formats.escape import amount, escape_invisible, iso_time
from auditor.history.diff import Change
from auditor.i18n import EMPTY, Message, Translator, _, counted, joined, labelled, moment, sentences, verbatim
from auditor.model.report import Verdict
from auditor.model.snapshot import Environment
from auditor.watch.notify.events import AccountNews, HoldingEvent, WatchNews
from auditor.watch.scheduler import DuePass, WatchOver

SCHEMA = "auditor.news/1"
MAX_HOLDINGS = 20
"""The number of holdings that a notification names; the rest is only counted."""


def next_pass_text(plan: DuePass | WatchOver) -> Message:
    """Word the time and reason of the next pass, or why there is none."""
    if isinstance(plan, WatchOver):
        return _("No further check: {reason}").format(reason=plan.reason)
    return _("Next check {time}: {reason}.").format(time=moment(plan.at), reason=plan.reason)


def next_pass_lines(plan: DuePass | WatchOver, now: datetime) -> tuple[Message, ...]:
    """Word in short lines when the next pass is, how long that is from ``now``, and why; or why there is none."""
    if isinstance(plan, WatchOver):
        return (_("No further check."), plan.reason)
    text = _("Next check in {span}, {time}") if plan.at > now else _("Next check: now")
    when = text.format(span=span_text(plan.at - now), time=moment(plan.at))
    return (when, _("Why then: {reason}.").format(reason=plan.reason))


def span_text(span: timedelta) -> Message:
    """Word a span of time, to the minute."""
    minutes = int(span.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    parts = [(days, _("{n} d")), (hours, _("{n} h")), (minutes % 60, _("{n} min"))]
    return joined(" ", (text.format(n=number) for number, text in parts if number)) or _("less than a minute")


def pass_line(news: WatchNews) -> Message:
    """Word one line about a pass."""
    accounts = _("; ").join(map(account_text, news.accounts))
    head = reduce(labelled, (moment(news.at), _("check {number}").format(number=news.number), accounts))
    back = [_("CAME BACK: {what}").format(what=event_name(event)) for event in news.of(Change.BACK)]
    return sentences(*map(_as_clause, (head, *_counts(news), *back)), next_pass_text(news.plan))


def _as_clause(clause: Message) -> Message:
    return _("{clause}.").format(clause=clause)


def event_name(event: HoldingEvent, label: str | None = None) -> Message:
    """Name the holding of an event: account, sub-account, place, and ``label``, by default its asset or subject."""
    seen = event.transition.seen
    label = label or seen.asset or seen.subject
    parts = (verbatim(part or "") for part in (seen.owner, _(event.place), label))
    return reduce(labelled, filter(None, parts), verbatim(event.account))


def notification_title(news: WatchNews) -> Message:
    """Word the title of a notification."""
    return _("Account check: {accounts}").format(accounts=_("; ").join(map(account_text, news.accounts)))


def message(news: WatchNews, translate: Translator, *, amounts: bool) -> str:
    """Return the text of a notification.

    ``amounts``: whether to name amounts, which the services that relay a notification would see.
    """
    shown = [
        event for event in news.happened if event.transition.seen.blocks and event.transition.kind is not Change.UNSEEN
    ]
    changes = [joined("", ("- ", change_text(event, amounts=amounts))) for event in shown[:MAX_HOLDINGS]]
    more = [_("- and {count} more").format(count=len(shown) - MAX_HOLDINGS)] if len(shown) > MAX_HOLDINGS else []
    lines = (notification_title(news), *changes, *more, *_notices(news), next_pass_text(news.plan))
    return "\n".join(escape_invisible(translate(line)) for line in lines)


def notification_json(news: WatchNews, translate: Translator, *, amounts: bool) -> dict[str, object]:
    """Return the notification as JSON values."""
    plan, translate = news.plan, translate.in_utc()
    return {
        "schema": SCHEMA,
        "pass": news.number,
        "at": iso_time(news.at),
        "verdict": news.verdict.value,
        "over": isinstance(plan, WatchOver),
        "reason": translate(plan.reason),
        "next_at": iso_time(plan.at) if isinstance(plan, DuePass) else None,
        "accounts": [_account_json(account) for account in news.accounts],
        "changes": [_change_json(event, amounts=amounts) for event in news.happened],
    }


def account_text(account: AccountNews) -> Message:
    """Word the state of one account."""
    live = account.environment is Environment.LIVE
    where = EMPTY if live else _(" ({said})").format(said=_(account.environment.value))
    left = counted(account.blockers, _("{count} thing to clear"), _("{count} things to clear"))
    unread = counted(account.unread, _("{count} place not checked"), _("{count} places not checked"))
    parts = (
        _verdict(account),
        left if account.blockers else EMPTY,
        unread if account.unread and account.verdict is not Verdict.CLEAN else EMPTY,
    )
    return joined("", (account.name, where, ": ", _(", ").join(part for part in parts if part)))


def _verdict(account: AccountNews) -> Message:
    if account.verdict is Verdict.CLEAN:
        return _("READY, confirmed") if account.confirmed else _("READY, not confirmed yet")
    return {
        Verdict.BLOCKED: _("NOT READY TO CLOSE"),
        Verdict.REFUSED: _("KEY REJECTED"),
        Verdict.INCOMPLETE: _("INCOMPLETE"),
    }[account.verdict]


def _counts(news: WatchNews) -> list[Message]:
    counted = Counter(event.transition.kind for event in news.happened)
    words = {
        Change.NEW: _("{count} new"),
        Change.CHANGED: _("{count} changed"),
        Change.RESOLVED: _("{count} cleared"),
        Change.BACK: _("{count} came back"),
        Change.UNSEEN: _("{count} not checked this time"),
    }
    counts = [text.format(count=counted[kind]) for kind, text in words.items() if counted[kind]]
    return [_(", ").join(counts)] if counts else []


def change_text(event: HoldingEvent, *, amounts: bool = True) -> Message:
    """Word what changed; ``amounts``: whether to name them."""
    kind, seen, before = event.transition.kind, event.transition.seen, event.transition.before
    words = {
        Change.NEW: _("new: {what}"),
        Change.BACK: _("CAME BACK: {what}"),
        Change.CHANGED: _("changed: {what}"),
        Change.RESOLVED: _("cleared: {what}"),
    }
    if not amounts or seen.amount is None:
        return words[kind].format(what=event_name(event))
    figures = amount(seen.amount) if kind is not Change.CHANGED else f"{amount(before)} -> {amount(seen.amount)}"
    label = " ".join(filter(None, (figures, seen.asset or seen.subject)))
    return words[kind].format(what=event_name(event, label))


def _notices(news: WatchNews) -> Iterator[Message]:
    for account in news.accounts:
        if account.stale:
            last = _("never") if account.complete_at is None else moment(account.complete_at)
            text = _("{name}: no complete check for a long time (the last one: {last}). See what could not be checked.")
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
        "last_complete_at": iso_time(account.complete_at),
        "stale": account.stale,
    }


def _change_json(event: HoldingEvent, *, amounts: bool) -> dict[str, object]:
    transition, seen = event.transition, event.transition.seen
    figures = {"amount": amount(seen.amount), "before": amount(transition.before)} if amounts else {}
    return {
        "kind": transition.kind.value,
        "account": event.account,
        "surface": seen.surface,
        "owner": seen.owner,
        "subject": seen.subject,
        "rule": seen.rule,
        "severity": seen.severity.value,
        "asset": seen.asset,
        **figures,
    }
