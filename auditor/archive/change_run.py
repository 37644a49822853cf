"""Fetch the lists whose rows are added up, and see that nothing moved while they were read.

No list has a balance after its newest row, so that the balances themselves are read before and after.
"""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from auditor.archive.fetch import keep_anchor
from auditor.archive.fetching import Fetch, in_order
from auditor.archive.proof import balances_in
from auditor.archive.raw import RawAnswer
from auditor.archive.session import Session
from auditor.archive.shown_pages import ask_pages
from auditor.archive.state import State
from auditor.model.errors import UserError
from auditor.spec.ledger import ShownBalances
from auditor.spec.summed import SummedWallet
from auditor.transport.surface_rows import unread_for

ATTEMPTS = 3
Balances = tuple[Mapping[str, Decimal] | None, ...]
"""What is in each wallet, None where it could not be read."""


@dataclass(frozen=True, slots=True)
class ChangeRun:
    """The lists of changes of one archive, and the wallets that they change.

    ``read_on``: reads what a list has now that was read before; ``named_by``: lists that only explain, and whose rows
    name what these are asked for.
    """

    wallets: Sequence[SummedWallet]
    fetches: Sequence[Fetch]
    session: Session
    state: State
    read_on: Callable[[Fetch], Coroutine[Any, Any, None]]
    named_by: Sequence[Fetch] = ()

    def begun(self) -> list[Fetch]:
        """Return what fetches the lists of which an earlier run read a part."""
        return [one for one in self.fetches if self._is_begun(one)]

    async def shown(self) -> Balances:
        """Return what is in each wallet now, and keep the answers: the last ones count."""
        return tuple([await self._shown(one.shown) for one in self.wallets])

    async def bring_up_to_date(self, fetches: Sequence[Fetch]) -> None:
        """Fetch the rows that came since lists were read."""
        await in_order(fetches, self.read_on)

    async def rests(self, before: Balances) -> bool:
        """Return whether balances are as they were before the lists were read, which are read on until they are.

        The report names a wallet whose balances were never read; that says nothing about the other wallets.
        """
        first = before
        for _attempt in range(ATTEMPTS):
            after = await self.shown()
            if after == before:
                return all(now is not None or then is None for now, then in zip(after, first, strict=True))
            before = after
            # What moved may be in a wallet that was not there before.
            await in_order(self.named_by, lambda one: one.anew())
            await self.bring_up_to_date(self.fetches)
        return False

    def _is_begun(self, fetch: Fetch) -> bool:
        list_id = fetch.ledger.id
        return (
            self.state.list_state(list_id).rows > 0
            or self.state.list_state(list_id).done
            or bool(self.state.part_ids(list_id))
        )

    async def _shown(self, shown: ShownBalances) -> Mapping[str, Decimal] | None:
        kept: list[RawAnswer] = []
        try:
            pages = await ask_pages(self.session, shown.endpoint, kept)
        except (OSError, UserError):
            raise
        except Exception as error:  # noqa: BLE001 - the proof says that they were not read
            if unread_for(error).code not in shown.none_by:
                return None
            pages, kept = [], kept[-1:]
        self.state.note(compared_at=self.session.time().isoformat())
        keep_anchor(self.state, kept)
        return balances_in(pages, shown)
