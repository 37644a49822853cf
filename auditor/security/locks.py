"""The lists of the packages that the program uses, each with its version and the hashes of its files.

Nothing that the program prints fetches a package by its name alone.
"""

import importlib.resources
import shlex
import sys
from pathlib import Path

FOLDER = "requirements"
EXTRAS = "extras"
"""The list that has the packages for --notify, for a keyring and for PostgreSQL as well."""


def install_command(name: str = EXTRAS) -> str:
    """Return the command that installs what a list names, as files with its hashes only."""
    return shlex.join([sys.executable, *("-m", "pip", "install", "--require-hashes", "-r"), str(lock_file(name))])


def lock_file(name: str) -> Path:
    """Return a list as installed in the package, or else as in a checkout."""
    installed = Path(str(importlib.resources.files("auditor"))) / FOLDER
    folder = installed if installed.is_dir() else Path(__file__).resolve().parents[2] / FOLDER
    return folder / f"{name}.txt"
