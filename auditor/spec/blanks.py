"""What proves that a field that is blank or missing holds nothing: the account's setup, or the row itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from auditor.model import amounts

Raw = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class AccountSetup:
    """How an account is set up. ``borrows``: whether it can borrow at all; None where the exchange does not say."""

    mode: str | None = None
    borrows: bool | None = None


UNKNOWN_SETUP = AccountSetup()
Blank = Callable[[Raw, AccountSetup], bool]


def never_blank(_row: Raw, _setup: AccountSetup) -> bool:
    """Return False: a blank is never normal."""
    return False


def always_blank(_row: Raw, _setup: AccountSetup) -> bool:
    """Return True: a blank, seen on real accounts or documented bodies, means "not applicable"."""
    return True


def blank_outside_modes(*modes: str) -> Blank:
    """Accept a blank in account modes other than these, and where the mode is unknown."""
    return lambda _row, setup: setup.mode is None or setup.mode not in modes


def proved_outside_modes(*modes: str) -> Blank:
    """Accept a field that is blank or missing in account modes other than these; an unknown mode proves nothing."""
    return lambda _row, setup: setup.mode is not None and setup.mode not in modes


def blank_unless(field: str, value: str) -> Blank:
    """Accept a blank in rows whose ``field`` is not ``value``."""
    return lambda row, _setup: row.get(field) != value


def blank_without_borrowing(_row: Raw, setup: AccountSetup) -> bool:
    """Accept a blank debt in an account whose own configuration says that it cannot borrow."""
    return setup.borrows is False


def blank_where_sum(whole: str, *parts: str, nothing: tuple[str, ...] = ()) -> Blank:
    """Accept a blank where ``whole`` is the sum of ``parts``, and every field of ``nothing`` holds nothing.

    Then the row leaves no room for what the blank field would show. The first part must be given and not negative; a
    blank in the others counts as zero.
    """

    def proves(row: Raw, _setup: AccountSetup) -> bool:
        total, first = amounts.parse(row.get(whole)), amounts.parse(row.get(parts[0]))
        others = [_figure_or_zero(row.get(name)) for name in parts[1:]]
        known = [figure for figure in others if figure is not None]
        empty = all(_figure_or_zero(row.get(name)) == 0 for name in nothing)
        if total is None or first is None or first < 0 or len(known) < len(others) or not empty:
            return False
        return total == amounts.total([first, *known])

    return proves


def _figure_or_zero(value: object) -> Decimal | None:
    """Return the amount of a field of evidence, zero for a blank, None for anything else."""
    return amounts.ZERO if value is None or value == "" else amounts.parse(value)


def blank_if_any(*proofs: Blank) -> Blank:
    """Accept a blank that any of ``proofs`` accepts."""
    return lambda row, setup: any(proof(row, setup) for proof in proofs)
