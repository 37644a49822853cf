"""A report carries its own SHA-256, which anyone can check."""

import subprocess
import sys
from pathlib import Path

import pytest

from auditor.formats import Sink, get_format
from auditor.formats.checksum import CHECK, PLACEHOLDER, digest, seal
from auditor.model.report import Report

SEALED = ["json", "html", "markdown", "junit", "github"]


def written(report: Report, form: str, folder: Path) -> Path:
    chosen = get_format(form)
    path = folder / f"report{chosen.suffix}"
    path.write_bytes(chosen.render(report, Sink()).encode(chosen.file_encoding, "backslashreplace"))
    return path


@pytest.mark.parametrize("form", SEALED)
def test_a_report_carries_the_digest_of_its_own_file(messy_report: Report, form: str, tmp_path: Path) -> None:
    data = written(messy_report, form, tmp_path).read_bytes()

    assert data.count(digest(data).encode()) == 1
    assert PLACEHOLDER.encode() not in data


@pytest.mark.parametrize("form", SEALED)
def test_a_changed_digit_shows(messy_report: Report, form: str, tmp_path: Path) -> None:
    data = written(messy_report, form, tmp_path).read_bytes().replace(b"1204.5", b"0204.5")

    assert digest(data).encode() not in data


@pytest.mark.campaign(one_of=6)
@pytest.mark.parametrize("form", SEALED)
def test_a_report_full_of_hostile_text_is_sealed_too(hostile_report: Report, form: str, tmp_path: Path) -> None:
    data = written(hostile_report, form, tmp_path).read_bytes()

    assert digest(data).encode() in data


def test_a_digest_within_the_text_does_not_disturb_it() -> None:
    text = seal(f"coin sha256:{'ab' * 32} and {PLACEHOLDER}")

    assert digest(text.encode()) in text


def test_the_line_that_people_type_gives_the_digest(messy_report: Report, tmp_path: Path) -> None:
    path = written(messy_report, "html", tmp_path)
    code = CHECK.removeprefix('python -c "').removesuffix('"')

    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)

    assert f"sha256:{done.stdout.strip()}" == digest(path.read_bytes())


@pytest.mark.parametrize("form", SEALED)
def test_a_report_names_the_programs_versions(messy_report: Report, form: str) -> None:
    text = get_format(form).render(messy_report, Sink())

    assert all(each in text.replace("\\", "") for each in ("0.1.0", "4.5.90", "0" * 64))
