import subprocess
import sys

import pytest

from auditor.errors import Problem
from auditor.formats import format_names, get_format


def test_formats_are_found_by_being_there() -> None:
    assert {"csv", "json", "terminal"} <= set(format_names())


@pytest.mark.parametrize("name", ["csv", "json", "terminal"])
def test_format_has_the_name_of_its_module(name: str) -> None:
    assert get_format(name).name == name


def test_unknown_format_is_told_with_the_known() -> None:
    with pytest.raises(Problem, match=r"Unknown format 'xml'\. Known: csv, .*json, .*terminal"):
        get_format("xml")


def test_listing_formats_loads_neither_pandas_nor_rich() -> None:
    code = "import sys, auditor.formats as f; f.format_names(); print({'pandas', 'rich'} & {*sys.modules})"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"
