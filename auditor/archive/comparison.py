"""Compare the balances that are shown with those of the ledgers' newest rows, until nothing moves meanwhile."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.archive.fetch import keep_anchor
from auditor.archive.fetching import Fetch
from auditor.archive.proof import balances_in
from auditor.archive.raw import RawAnswer
from auditor.archive.session import Session
from auditor.archive.shown_pages import ask_pages
from auditor.archive.state import State
from auditor.model.amounts import ZERO, parse
from auditor.model.errors import UserError
from auditor.spec.history import History
from auditor.spec.ledger import ShownBalances
from auditor.transport.gather import gather

ATTEMPTS, PAUSE = 5, 35.0
"""How often the balances are compared, and seconds between: OKX updates its long Funding ledger every 30 s or later."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The balances of one archive's wallets beside its ledgers. ``pace`` multiplies the pauses."""

    history: History
    session: Session
    state: State
    pace: float = 1.0
    _read: set[str] = field(default_factory=set)

    async def compare(self, fetches: Sequence[Fetch]) -> bool:
        """Read the balances until no row comes meanwhile and they are those of the newest rows.

        Return whether nothing moved while they were read last.
        """
        done = [one for one in fetches if self.state.list_state(one.ledger.id).done]
        # Without any ledger nothing was seen to move; the report says that no ledger was read.
        rested = not done
        for attempt in range(ATTEMPTS if done else 0):
            if attempt:
                await asyncio.sleep(PAUSE * self.pace)
            await gather(one.newer_rows() for one in done)
            agree = await gather(self._agrees(one) for one in done)
            rested = not any(await gather(one.newer_rows() for one in done)) and not self._has_lost(done, agree)
            if rested and all(agree):
                break
        return rested

    def _has_lost(self, fetches: Sequence[Fetch], agree: Sequence[bool | None]) -> bool:
        """Return whether balances that were read before in this run could not be read again: they may have changed."""
        read = {one.ledger.id: agrees is not None for one, agrees in zip(fetches, agree, strict=True)}
        self._read.update(ledger_id for ledger_id, was_read in read.items() if was_read)
        return any(ledger_id in self._read and not was_read for ledger_id, was_read in read.items())

    async def _agrees(self, fetch: Fetch) -> bool | None:
        """Read the balances of a wallet, and return whether they are those of its newest rows; None: not read."""
        kept: list[RawAnswer] = []
        shown = self._shown(fetch.ledger.id)
        try:
            pages = await ask_pages(self.session, shown.endpoint, kept)
        except (OSError, UserError):
            raise
        except Exception:  # noqa: BLE001 - the proof says that they were not read
            return None
        self.state.note(compared_at=self.session.time().isoformat())
        keep_anchor(self.state, kept)
        balances = balances_in(pages, shown)
        closings = self.state.closings(fetch.ledger.id).items()
        return balances is not None and all(
            shown.agrees(balances.get(asset, ZERO), parse(text) or ZERO) for asset, text in closings
        )

    def _shown(self, ledger_id: str) -> ShownBalances:
        return next(one.shown for one in self.history.ledgers if one.id == ledger_id)
