"""Reporting of a watch: every pass on the display and in files, changes of state to people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from auditor.formats.escape import escape_invisible
from auditor.history.models import AccountState
from auditor.history.serialization import DamagedPassError, Pass
from auditor.history.store import History
from auditor.i18n import Message, Translator, _, moment, sentences
from auditor.model.errors import UserError
from auditor.model.report import Report, Verdict
from auditor.watch.notify import messages as words
from auditor.watch.notify.channels import Channel, Notification, NotSentError
from auditor.watch.notify.display import Display, write_stderr
from auditor.watch.notify.events import WatchNews, collect_news
from auditor.watch.notify.prometheus import write_metrics
from auditor.watch.scheduler import DuePass, Planner, WatchOver, restrict_to

STALE_AFTER = timedelta(days=3)
ReportWriter = Callable[[Report], None]
"""Writes a report to a file that the user named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifierOptions:
    """Options of the notifier.

    ``amounts``: name amounts in notifications; ``metrics``: Prometheus file; ``stale_after``: time without a complete
    pass after which an account is stale; ``keep``: writers of each report.
    """

    senders: Sequence[Channel] = ()
    amounts: bool = False
    metrics: Path | None = None
    stale_after: timedelta = STALE_AFTER
    keep: Sequence[ReportWriter] = ()


@dataclass(slots=True, kw_only=True)
class Notifier:
    """The observer of a watch that reports what the history holds, in one language.

    ``warn``: prints a failure to report, which never ends the watch.
    """

    planner: Planner
    wishes: NotifierOptions
    screen: Display
    now: Callable[[], datetime]
    translate: Translator
    warn: Callable[[Message], None]
    _shown: int = field(default=0, init=False)

    async def news(self, plan: DuePass | WatchOver) -> None:
        """Report what was not reported yet."""
        states = self.planner.states()
        news = collect_news(self.planner, states, plan, self.wishes.stale_after)
        if news is None:
            return
        if news.number > self._shown:
            self._shown = news.number
            self._show(news)
        if not news.worth_telling or await self._send_news(news):
            self.planner.history.mark_notified(news.number, {state.account_id for state in states})

    def waiting(self, plan: DuePass) -> None:
        """Show when the next pass is."""
        self.screen.waiting(plan)

    def stored(self, plan: DuePass | WatchOver, verdict: Verdict) -> None:
        """Print the verdict of the last pass, and its age."""
        last = min((state.finished_at for state in self.planner.states()), default=self.now())
        text = _("No check is due. The last one, {age} ago, said: {verdict}. {next}").format(
            verdict=_verdict(verdict, plan), age=words.span_text(self.now() - last), next=words.next_pass_text(plan)
        )
        again = _("A new watch can begin {time}.").format(time=moment(last + self.planner.policy.floor))
        write_stderr(self.translate(sentences(text, again if isinstance(plan, WatchOver) else "")))

    async def stopped(self, problem: Message) -> None:
        """Notify that the watch stopped before its end."""
        title, reason = map(self.translate, (_("Account check: the watch stopped"), problem))
        document = {"schema": words.SCHEMA, "verdict": "stopped", "reason": reason}
        await self._send(Notification(title=title, text=f"{title}\n{reason}", document=document))

    def _show(self, news: WatchNews) -> None:
        try:
            done = self.planner.history.load(news.number)
        except DamagedPassError as problem:
            self.warn(_("{problem} The watch goes on.").format(problem=problem))
            return
        self.screen.passed(news, done)
        for write in (
            *(lambda keep=keep: keep(done.report) for keep in self.wishes.keep),
            lambda: self._write_metrics(news),
        ):
            self._attempt(write)

    def _write_metrics(self, news: WatchNews) -> None:
        if self.wishes.metrics is not None:
            write_metrics(news, self.wishes.metrics)

    async def _send_news(self, news: WatchNews) -> bool:
        """Send the news; return whether a channel took it, or none is configured."""
        amounts = self.wishes.amounts
        letter = Notification(
            title=escape_invisible(self.translate(words.notification_title(news))),
            text=words.message(news, self.translate, amounts=amounts),
            document=words.notification_json(news, self.translate, amounts=amounts),
        )
        return await self._send(letter)

    async def _send(self, letter: Notification) -> bool:
        is_sent = not self.wishes.senders
        for sender in self.wishes.senders:
            try:
                await sender.send(letter)
                is_sent = True
            except NotSentError as error:
                text = _("The message could not be handed to {sender}: {why}. The watch goes on.")
                self.warn(text.format(sender=sender.name, why=error))
        return is_sent

    def _attempt(self, write: Callable[[], None]) -> None:
        try:
            write()
        except UserError as problem:
            self.warn(_("{problem} The watch goes on.").format(problem=problem))


def last_report(history: History, states: Sequence[AccountState]) -> Report | None:
    """Return the last report on these accounts; None before the first pass, or if it is damaged."""
    if not states:
        return None
    newest = max(states, key=lambda state: state.pass_id)
    try:
        done: Pass = history.load(newest.pass_id)
    except DamagedPassError:
        return None
    return restrict_to(done.report, {state.name for state in states})


def _verdict(verdict: Verdict, plan: DuePass | WatchOver) -> Message:
    unconfirmed = verdict is Verdict.CLEAN and isinstance(plan, DuePass)
    return _("ready (not confirmed yet)") if unconfirmed else verdict_name(verdict)


def verdict_name(verdict: Verdict) -> Message:
    """Return a verdict as part of a sentence."""
    return {
        Verdict.BLOCKED: _("not ready to close"),
        Verdict.REFUSED: _("key rejected"),
        Verdict.INCOMPLETE: _("incomplete"),
        Verdict.CLEAN: _("ready"),
    }[verdict]
