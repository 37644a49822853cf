"""Kraken: the strategies of Earn, requested when something is allocated: how each of them is left.

``flex`` earns by itself from what is free, and is switched in the settings only; ``instant`` is free at once;
``bonded`` has waiting times. Only strategies that are offered to the client, or in which something is, are listed.
"""

from collections.abc import Iterable

from auditor.exchanges.kraken.earn import ALLOCATIONS, ITEMS
from auditor.exchanges.kraken.rights import FUNDS
from auditor.exchanges.kraken.sources import private
from auditor.exchanges.shared.plans import when_any
from auditor.i18n import mark
from auditor.model.amounts import ZERO, parse, total
from auditor.model.records import Area, Record
from auditor.model.reference_data import EarnTerms
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.surface import RequestPlan, Surface

FLEX = "flex"
# Seconds from asking for it until it is free.
PERIODS = ("unbonding_period", "exit_queue_period")
SWITCHED_OFF = mark(
    "It is free already: sell or withdraw it. Switch the automatic rewards off in Kraken's settings first, or what is "
    "left earns again."
)


@reads(text("id"))
def strategy(row: Row, _context: Context) -> Iterable[Record]:
    """Read how a strategy is left."""
    lock = row.raw.get("lock_type")
    terms = lock if isinstance(lock, dict) else {}
    seconds = total(parse(terms.get(period)) or ZERO for period in PERIODS)
    is_flex = terms.get("type") == FLEX
    yield EarnTerms(subject=row.text("id"), row={}, ending=SWITCHED_OFF if is_flex else "", seconds=seconds)


STRATEGIES = Surface(
    id="earn-strategies",
    area=Area.EARN,
    title="Earn: how each strategy is left",
    endpoint=private("Earn/Strategies", "List Earn Strategies", rows=ITEMS),
    reader=strategy,
    plan=RequestPlan(
        after=(ALLOCATIONS.id,),
        scopes=when_any(lambda record: record.holds),
        nothing="There is no allocation that holds something.",
    ),
    value=False,
    right=FUNDS,
)
