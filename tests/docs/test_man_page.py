"""The man page follows from the program's help."""

import shutil
import subprocess

import pytest

from tools.man_page import FILE, man_page


def test_the_man_page_is_fresh() -> None:
    assert man_page() == FILE.read_text(encoding="utf-8"), "write it anew: python -m tools.man_page"


def test_the_man_page_tells_every_command_that_help_shows() -> None:
    page = man_page()

    shown = ("DEMO", "PLAN", "WATCH", "OFFICIAL", "LIST EXCHANGES", "HISTORY DIFF")
    assert [] == [name for name in shown if f"\n.SH AUDIT {name}\n" not in page]
    assert ".SH AUDIT REQUIREMENTS" not in page


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_man_reads_it_without_a_warning() -> None:
    command = ["groff", "-man", "-Tutf8", "-ww", "-z", str(FILE)]
    ran = subprocess.run(command, check=False, capture_output=True, timeout=30)

    assert (0, b"") == (ran.returncode, ran.stderr)
