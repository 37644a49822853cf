"""The order in which the lists of an archive are read."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from auditor.archive.fetching import AT_ONCE, Fetch, in_order


def lists(names: list[str], **named_by: str) -> list[Fetch]:
    """Lists, some of whose values are named by another."""
    partitions = {name: SimpleNamespace(of=(other,)) for name, other in named_by.items()}
    ledgers = [SimpleNamespace(id=name, partition=partitions.get(name)) for name in names]
    return [cast("Fetch", SimpleNamespace(ledger=one)) for one in ledgers]


def read_in_order(fetches: list[Fetch]) -> tuple[list[str], int]:
    """The order in which lists were begun, and the most that were read at the same time."""
    begun: list[str] = []
    most = reading = 0

    async def read(fetch: Any) -> None:
        nonlocal most, reading
        begun.append(fetch.ledger.id)
        reading += 1
        most = max(most, reading)
        await asyncio.sleep(0)
        reading -= 1

    asyncio.run(in_order(fetches, read))
    return begun, most


def test_ledgers_are_begun_first_and_wait_for_few_others() -> None:
    names = [f"list-{number}" for number in range(20)]

    assert (names, AT_ONCE) == read_in_order(lists(names))


def test_a_list_waits_for_the_one_that_names_its_values() -> None:
    assert (["deposits", "fills"], 1) == read_in_order(lists(["fills", "deposits"], fills="deposits"))
