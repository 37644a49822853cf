import os
from collections.abc import Callable
from pathlib import Path

import pytest

ANOTHER = 54321
"""The number of a user that is nobody's here."""
Gift = Callable[[Path], Path]


@pytest.fixture
def somebody_elses(monkeypatch: pytest.MonkeyPatch) -> Gift:
    """Make a file, link or folder somebody else's: by root in truth, else by being somebody else oneself."""

    def give(path: Path) -> Path:
        if os.geteuid() == 0:
            os.lchown(path, ANOTHER, ANOTHER)
        else:
            monkeypatch.setattr(os, "geteuid", lambda: ANOTHER)
        return path

    return give


@pytest.fixture
def common(here: Path) -> Path:
    """The folder that commands run in, which everybody can write to, as /tmp."""
    here.chmod(0o1777)
    return here
