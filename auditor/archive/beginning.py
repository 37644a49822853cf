"""What an archive was begun with: it goes on with nothing else, since its rows would not be one history."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from auditor.archive.session import history_of
from auditor.archive.state import State
from auditor.exchanges.registry import load
from auditor.i18n import Message, _, verbatim
from auditor.model.account import Account
from auditor.model.errors import UserError
from auditor.settings.origins import environment
from auditor.spec.identity import Identity


@dataclass(frozen=True, slots=True)
class Beginning:
    """What ``state`` says that its archive was begun with, and what it would go on with."""

    state: State
    account: Account
    identity: Identity

    def check(self, since: str) -> None:
        """Raise UserError where the archive was begun with another day, environment or mode of the account."""
        begun = self.state.fact("since")
        if begun is not None and begun != since:
            text = _("{path} was begun with another --since ({since}): use the same, or begin anew with --fresh.")
            raise UserError(text.format(path=self.state.folder, since=begun or "-"))
        begun = self.state.fact("environment")
        if begun is not None and begun != environment(self.account).value:
            text = _("{path} was begun in another environment ({environment}): begin anew with --fresh.")
            raise UserError(text.format(path=self.state.folder, environment=begun))
        self._check_mode()

    def _check_mode(self) -> None:
        """Raise UserError where the lists were begun of an account that was set up in another way.

        Lists of both may have one name: rows of the one would be taken for rows of the other.
        """
        mode, begun = self.identity.mode or "", self.state.fact("mode")
        history = history_of(load(self.account.exchange))
        if begun is not None and history.of_mode(begun) is not history.of_mode(mode):
            text = _(
                "{path} was begun while the account was in another mode ({mode}), with other lists: move that folder "
                "elsewhere to keep it, and run the same command again."
            )
            raise UserError(text.format(path=self.state.folder, mode=begun or "-"))

    def note(self, since: str, lists: Iterable[str], time: datetime) -> None:
        """Note what the archive goes on with, and ``time`` while one of its ``lists``, by their ids, is not read."""
        self.state.note(environment=environment(self.account).value, mode=self.identity.mode or "")
        if self.identity.doubts:
            self.state.note(doubts=json.dumps([str(one) for one in self.identity.doubts]))
        if self.state.fact("since") is None or not all(self.state.list_state(one).done for one in lists):
            # A ledger that is read on later goes back no further than it does then.
            self.state.note(since=since, started_at=time.isoformat())

    def doubts(self) -> tuple[Message, ...]:
        """Return what a key of this archive does not see: what one that saw less has read stays in it."""
        known = tuple(map(verbatim, json.loads(self.state.fact("doubts") or "[]")))
        return self.identity.doubts or known


def day_of(since: datetime | None) -> str:
    """Return the day from which an archive begins, "" for one of everything."""
    return since.date().isoformat() if since else ""
