import subprocess
import sys
from dataclasses import replace

import pytest

from auditor.formats import Sink, format_names, get_format
from auditor.model.errors import UserError
from auditor.model.report import Report


def test_formats_are_found_by_being_there() -> None:
    assert {"csv", "json", "terminal"} <= set(format_names())


@pytest.mark.parametrize("name", ["csv", "json", "terminal"])
def test_format_has_the_name_of_its_module(name: str) -> None:
    assert get_format(name).name == name


def test_unknown_format_is_told_with_the_known() -> None:
    with pytest.raises(UserError, match=r"Unknown format 'xml'\. Known: csv, .*json, .*terminal"):
        get_format("xml")


def test_listing_formats_loads_neither_pandas_nor_rich() -> None:
    code = "import sys, auditor.formats as f; f.format_names(); print({'pandas', 'rich'} & {*sys.modules})"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"


@pytest.mark.parametrize("form", sorted({*format_names()} - {"csv"}))
def test_every_form_but_a_list_of_findings_says_when_a_clean_was_confirmed(form: str, clean_report: Report) -> None:
    confirmed = replace(clean_report, confirmed_at=clean_report.generated_at, window=600.0)

    text = get_format(form).render(confirmed, Sink())

    stated: dict[str, tuple[str, ...]] = {"json": ('"confirmed_at": "2026-07-01T10:00:00Z"', '"window_seconds": 600.0')}
    stated |= {"junit": ('name="confirmed_at" value="2026-07-01T10:00:00Z"',)}
    for words in stated.get(form, ("Checked twice, last at 1 Jul 2026, 10:00 UTC", "600 s.")):
        unfolded = text.replace("\r\n ", "")
        assert words in " ".join(unfolded.replace("\\", "").split())
