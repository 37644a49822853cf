"""What a command leaves behind in the process that ran it."""

import gc
from collections.abc import Sequence

from auditor.cli.runtime.process import GC_THRESHOLD, run_command
from auditor.cli.runtime.reader import Runtime


def test_garbage_is_looked_for_as_before_once_a_command_is_over() -> None:
    before, meanwhile = gc.get_threshold(), list[int]()

    def command(_arguments: Sequence[str], _runtime: Runtime) -> int:
        meanwhile.append(gc.get_threshold()[0])
        return 0

    assert run_command(command, []) == 0
    assert ([GC_THRESHOLD], before) == (meanwhile, gc.get_threshold())
