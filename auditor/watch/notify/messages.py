"""Wording of a watch: one line per pass, the text of a notification, and the same as JSON."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import reduce

from auditor.formats.escape import amount, escape_invisible, iso_time
from auditor.history.diff import Change, SeenHolding
from auditor.i18n import EMPTY, Message, Translator, _, joined, labelled, sentences
from auditor.model.report import Verdict
from auditor.model.snapshot import Environment
from auditor.watch.notify.events import AccountNews, HoldingEvent, WatchNews
from auditor.watch.scheduler import DuePass, WatchOver

SCHEMA = "auditor.news/1"
MAX_HOLDINGS = 20
"""The number of holdings that a notification names; the rest is only counted."""


def time_text(at: datetime) -> Message:
    """Format a time for people."""
    return _("{time} UTC").format(time=at.strftime("%Y-%m-%d %H:%M"))


def next_pass_text(plan: DuePass | WatchOver) -> Message:
    """Word the time and reason of the next pass, or why there is none."""
    if isinstance(plan, WatchOver):
        return _("No further look: {reason}").format(reason=plan.reason)
    return _("Next look {time}: {reason}.").format(time=time_text(plan.at), reason=plan.reason)


def pass_line(news: WatchNews) -> Message:
    """Word one line about a pass."""
    accounts = _("; ").join(_account(account) for account in news.accounts)
    head = reduce(labelled, (time_text(news.at), _("pass {number}").format(number=news.number), accounts))
    back = [_("CAME BACK: {what}").format(what=_event_name(event)) for event in news.of(Change.BACK)]
    return sentences(*map(_as_clause, (head, *_counts(news), *back)), next_pass_text(news.plan))


def _as_clause(clause: Message) -> Message:
    return _("{clause}.").format(clause=clause)


def holding_name(seen: SeenHolding) -> str:
    """Return the name of a holding: owner, surface, asset, subject and rule."""
    place = "/".join(part for part in (seen.owner, seen.surface) if part)
    subject = seen.subject if seen.asset in {None, seen.subject} else f"{seen.asset} {seen.subject}"
    return f"{place} {subject} ({seen.rule})"


def notification_title(news: WatchNews) -> Message:
    """Word the title of a notification."""
    return _("Exchange account audit: {accounts}").format(accounts=_("; ").join(map(_account, news.accounts)))


def message(news: WatchNews, translate: Translator, *, amounts: bool) -> str:
    """Return the text of a notification.

    ``amounts``: whether to name amounts, which the services that relay a notification would see.
    """
    shown = [
        event for event in news.happened if event.transition.seen.blocks and event.transition.kind is not Change.UNSEEN
    ]
    changes = [joined("", ("- ", _change(event, amounts=amounts))) for event in shown[:MAX_HOLDINGS]]
    more = [_("- and {count} more").format(count=len(shown) - MAX_HOLDINGS)] if len(shown) > MAX_HOLDINGS else []
    lines = (notification_title(news), *changes, *more, *_notices(news), next_pass_text(news.plan))
    return "\n".join(escape_invisible(translate(line)) for line in lines)


def notification_json(news: WatchNews, translate: Translator, *, amounts: bool) -> dict[str, object]:
    """Return the notification as JSON values."""
    plan = news.plan
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


def _counts(news: WatchNews) -> list[Message]:
    counted = Counter(event.transition.kind for event in news.happened)
    words = {
        Change.NEW: _("{count} new"),
        Change.CHANGED: _("{count} changed"),
        Change.RESOLVED: _("{count} resolved"),
        Change.BACK: _("{count} came back"),
        Change.UNSEEN: _("{count} not looked at"),
    }
    counts = [text.format(count=counted[kind]) for kind, text in words.items() if counted[kind]]
    return [_(", ").join(counts)] if counts else []


def _event_name(event: HoldingEvent) -> str:
    return "/".join((event.account, holding_name(event.transition.seen)))


def _change(event: HoldingEvent, *, amounts: bool) -> Message:
    kind, seen, before = event.transition.kind, event.transition.seen, event.transition.before
    words = {
        Change.NEW: _("new: {what}"),
        Change.BACK: _("CAME BACK: {what}"),
        Change.CHANGED: _("changed: {what}"),
        Change.RESOLVED: _("resolved: {what}"),
    }
    text = words[kind].format(what=_event_name(event))
    if not amounts or seen.amount is None:
        return text
    figures = amount(seen.amount) if kind is not Change.CHANGED else f"{amount(before)} -> {amount(seen.amount)}"
    return joined(" ", filter(None, (text, figures, seen.asset)))


def _notices(news: WatchNews) -> Iterator[Message]:
    for account in news.accounts:
        if account.stale:
            last = _("never") if account.complete_at is None else time_text(account.complete_at)
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
