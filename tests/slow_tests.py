"""Which tests a plain run leaves out because they are slow, and where they run all the same."""

from pathlib import Path

import pytest


def is_slow(item: pytest.Item) -> bool:
    """Return whether a test, or this case of it, is marked ``slow``."""
    return item.get_closest_marker("slow") is not None


def named_files(config: pytest.Config) -> set[Path]:
    """Return the files that stand on the command line, alone or in the id of a test; folders are none."""
    names = (argument.partition("::")[0] for argument in config.args)
    return {(config.invocation_params.dir / name).resolve() for name in names if name.endswith(".py")}
