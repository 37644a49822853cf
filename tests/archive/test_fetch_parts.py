"""How a list stands that is asked once for each of several values: as the part that stands worst."""

from dataclasses import replace
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from auditor.archive.fetch_parts import PartsFetch
from auditor.archive.state import ListState, State, Status
from auditor.spec.paged_list import Partition
from tests.archive.summing import MOVEMENTS

BY_PAIR = replace(MOVEMENTS, partition=Partition(parameter="pair", values=("A", "B")))
NEVER_HAD, FORBIDDEN = "-7", "-2"


@pytest.mark.parametrize("codes", [(NEVER_HAD, FORBIDDEN), (FORBIDDEN, NEVER_HAD)])
def test_a_part_that_was_not_read_is_told_although_another_one_was_never_had(
    codes: tuple[str, str], tmp_path: Path
) -> None:
    state = State.open(tmp_path)
    for value, code in zip("AB", codes, strict=True):
        part = ListState(id=BY_PAIR.part(value).id).failed(Status.REFUSED, "refused", code)
        state.commit(part, {})

    told = PartsFetch(BY_PAIR, state, MagicMock(), MagicMock())._sum({"A", "B"})
    state.close()

    named = "B" if codes[1] == FORBIDDEN else "A"
    assert (Status.REFUSED, FORBIDDEN, f"refused ({named})") == (told.status, told.code, told.reason)
