"""Asks pip-audit whether what is installed has known vulnerabilities; `python -m tools.vulnerabilities`.

A finding fails. Where no service can be reached there is nothing to fail on: that is said, and never taken for "none".
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
    """Ask the services in turn; 1 when one of them knows a vulnerability."""
    for service in SERVICES:
        answer = ask(service)
        if answer is not None:
            return tell(answer)
    sys.stderr.write("NOT AUDITED: no service that knows vulnerabilities can be reached from here.\n")
    return NOTHING


def ask(service: str) -> Answer | None:
    """What one service says of the installed packages; None when it does not answer or knows none of them."""
    command = [sys.executable, "-m", "pip_audit", "--vulnerability-service", service, "--format", "json"]
    command += ["--skip-editable", "--progress-spinner", "off"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    try:
        answer: Answer = json.loads(asked.stdout)
    except ValueError:
        return None
    return answer if any("vulns" in package for package in answer["dependencies"]) else None


def tell(answer: Answer) -> int:
    """Print what was found, and what could not be asked about."""
    found = list(vulnerable(answer))
    skipped = [package["name"] for package in answer["dependencies"] if "vulns" not in package]
    for line in found:
        sys.stdout.write(f"{line}\n")
    if skipped:
        sys.stdout.write(f"not audited: {', '.join(skipped)}\n")
    audited = len(answer["dependencies"]) - len(skipped)
    sys.stdout.write(f"{audited} packages audited, {len(found)} known vulnerabilities\n")
    return FOUND if found else NOTHING


def vulnerable(answer: Answer) -> Iterator[str]:
    """Yield a line for each known vulnerability: package, version, name of the vulnerability, versions that mend it."""
    for package in answer["dependencies"]:
        for known in package.get("vulns", ()):
            mended = ", ".join(known["fix_versions"]) or "none"
            yield f"{package['name']} {package['version']}: {known['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
