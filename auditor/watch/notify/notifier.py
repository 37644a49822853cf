"""Telling how a watch goes: on the screen each pass, into files, and to people when the state is another one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from auditor.formats.escape import visible
from auditor.history.models import State
from auditor.history.serialization import Pass
from auditor.history.store import History
from auditor.i18n import Message, Translator, _, joined
from auditor.model.errors import Problem
from auditor.model.report import Report, Verdict
from auditor.watch.notify import messages as words
from auditor.watch.notify.channels import Letter, NotSentError, Sender
from auditor.watch.notify.display import Screen, tell
from auditor.watch.notify.events import News, gather
from auditor.watch.notify.prometheus import write_metrics
from auditor.watch.scheduler import Due, Over, Planner, only

STALE = timedelta(days=3)
Keep = Callable[[Report], None]
"""Writes a report to a file of the user's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Whom to tell, and how. ``amounts``: in messages, too; ``stale_after``: without a complete pass for so long."""

    senders: Sequence[Sender] = ()
    amounts: bool = False
    metrics: Path | None = None
    stale_after: timedelta = STALE
    keep: Sequence[Keep] = ()


@dataclass(slots=True, kw_only=True)
class Teller:
    """Tells what the history holds, in one language. ``warn`` is told what fails, which never ends the watch."""

    planner: Planner
    wishes: Wishes
    screen: Screen
    now: Callable[[], datetime]
    translate: Translator
    warn: Callable[[Message], None]
    _shown: int = field(default=0, init=False)

    async def news(self, plan: Due | Over) -> None:
        """Tell what was not told yet."""
        states = self.planner.states()
        news = gather(self.planner, states, plan, self.wishes.stale_after)
        if news is None:
            return
        if news.number > self._shown:
            self._shown = news.number
            self._show(news)
        if not news.worth_telling or await self._sent(news):
            self.planner.history.mark_told(news.number, {state.account_id for state in states})

    def waiting(self, plan: Due) -> None:
        """Tell when the next look is."""
        self.screen.waiting(plan)

    def stored(self, plan: Due | Over, verdict: Verdict) -> None:
        """Tell what the last pass said, and how old that is."""
        last = min((state.finished_at for state in self.planner.states()), default=self.now())
        text = _("Nothing is due. The last pass said {verdict}, {age} ago. {next}").format(
            verdict=_verdict(verdict, plan), age=_age(self.now() - last), next=words.next_look(plan)
        )
        tell(self.translate(text))

    async def stopped(self, problem: Message) -> None:
        """Tell people that the watch ended without having got to its end."""
        title, reason = map(self.translate, (_("Exchange account audit: the watch stopped"), problem))
        document = {"schema": words.SCHEMA, "verdict": "stopped", "reason": reason}
        await self._send(Letter(title=title, text=f"{title}\n{reason}", document=document))

    def _show(self, news: News) -> None:
        done = self.planner.history.load(news.number)
        self.screen.passed(news, done)
        for act in (*(lambda keep=keep: keep(done.report) for keep in self.wishes.keep), lambda: self._measure(news)):
            self._attempt(act)

    def _measure(self, news: News) -> None:
        if self.wishes.metrics is not None:
            write_metrics(news, self.wishes.metrics)

    async def _sent(self, news: News) -> bool:
        """Whether anybody was told, or nobody wants to be."""
        amounts = self.wishes.amounts
        letter = Letter(
            title=visible(self.translate(words.title(news))),
            text=words.message(news, self.translate, amounts=amounts),
            document=words.document(news, self.translate, amounts=amounts),
        )
        return await self._send(letter)

    async def _send(self, letter: Letter) -> bool:
        sent = not self.wishes.senders
        for sender in self.wishes.senders:
            try:
                await sender.send(letter)
                sent = True
            except NotSentError as error:
                text = _("The message could not be handed to {sender}: {why}. The watch goes on.")
                self.warn(text.format(sender=sender.name, why=error))
        return sent

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Problem as problem:
            self.warn(_("{problem} The watch goes on.").format(problem=problem))


def last_report(history: History, states: Sequence[State]) -> Report | None:
    """What the last pass said of these accounts; None before the first."""
    if not states:
        return None
    newest = max(states, key=lambda state: state.pass_id)
    done: Pass = history.load(newest.pass_id)
    return only(done.report, {state.name for state in states})


def _verdict(verdict: Verdict, plan: Due | Over) -> Message:
    unconfirmed = verdict is Verdict.CLEAN and isinstance(plan, Due)
    return _("clean (not confirmed yet)") if unconfirmed else _(verdict.value)


def _age(age: timedelta) -> Message:
    minutes = int(age.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    parts = [(days, _("{n} d")), (hours, _("{n} h")), (minutes % 60, _("{n} min"))]
    return joined(" ", (text.format(n=number) for number, text in parts if number)) or _("less than a minute")
