"""Check the installed packages for known vulnerabilities with pip-audit: `python -m tools.vulnerabilities`.

A finding fails the check. If no service can be reached, the check passes with a message that nothing was audited.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

SERVICES = ("pypi", "osv")
NOTHING, FOUND = 0, 1
Answer = Mapping[str, Any]


def main() -> int:
    """Ask the services until one answers. Return 1 when it knows a vulnerability."""
    for service in SERVICES:
        answer = ask_service(service)
        if answer is not None:
            return print_answer(answer)
    sys.stderr.write("NOT AUDITED: no service that knows vulnerabilities can be reached from here.\n")
    return NOTHING


def ask_service(service: str) -> Answer | None:
    """Return one service's answer on the installed packages.

    None without an answer, or if it knows none of them.
    """
    command = [sys.executable, "-m", "pip_audit", "--vulnerability-service", service, "--format", "json"]
    command += ["--skip-editable", "--progress-spinner", "off"]
    completed = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    try:
        answer: Answer = json.loads(completed.stdout)
    except ValueError:
        return None
    return answer if any("vulns" in package for package in answer["dependencies"]) else None


def print_answer(answer: Answer) -> int:
    """Print the vulnerabilities and the packages that could not be checked.

    Return the exit code.
    """
    lines = list(vulnerability_lines(answer))
    skipped = [package["name"] for package in answer["dependencies"] if "vulns" not in package]
    for line in lines:
        sys.stdout.write(f"{line}\n")
    if skipped:
        sys.stdout.write(f"not audited: {', '.join(skipped)}\n")
    audited = len(answer["dependencies"]) - len(skipped)
    sys.stdout.write(f"{audited} packages audited, {len(lines)} known vulnerabilities\n")
    return FOUND if lines else NOTHING


def vulnerability_lines(answer: Answer) -> Iterator[str]:
    """Yield a line for each known vulnerability: package, version, id of the vulnerability, fixed versions."""
    for package in answer["dependencies"]:
        for vulnerability in package.get("vulns", ()):
            mended = ", ".join(vulnerability["fix_versions"]) or "none"
            yield f"{package['name']} {package['version']}: {vulnerability['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
