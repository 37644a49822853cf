"""One answered call: its raw rows, and what ccxt made of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.exchanges.unified.answers import Row, ShownRows
from auditor.exchanges.unified.figures import Doubts
from auditor.exchanges.unified.spec import UnifiedCall
from auditor.spec.fields import MalformedError


@dataclass(frozen=True, slots=True)
class CallAnswer:
    """One answered call: the raw rows, ccxt's parsed result (``shown``), and ccxt's spelling of asset codes.

    ``shown`` is None where ccxt made nothing of the answer; ``doubts``: places of the answer whose rows were not found;
    ``bodies``: the answer itself; ``cut``: whether ccxt broke off before its last part came.
    """

    call: UnifiedCall
    rows: Sequence[Row]
    shown: Any
    code: Callable[[str], str]
    doubts: tuple[MalformedError, ...] = ()
    bodies: Sequence[Any] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of the rows of one answer: ccxt's parsed rows.

    ``twice``: assets that ccxt spells alike in several rows, of which it shows one.
    """

    shown: ShownRows
    twice: frozenset[str] = frozenset()


def parsed_or_doubt(row: Row, doubts: Doubts, seen: Seen) -> Mapping[str, Any]:
    """Return ccxt's parsed row of a raw row; nothing, with a doubt, where ccxt shows none."""
    try:
        return seen.shown.parsed(row[1], row[0])
    except MalformedError as error:
        doubts.append(error)
        return {}
