"""`audit report --open`: the report as a page in the reader's own browser."""

import webbrowser
from dataclasses import replace
from pathlib import Path

from auditor.cli.commands import last_check
from auditor.cli.commands.last_check import CheckRequest
from auditor.cli.runtime.output import STDOUT
from auditor.cli.runtime.reader import Runtime
from auditor.exchanges import registry
from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.security.paths import check_default_folder, make_private_folders
from auditor.settings.environment_names import forget_variables

PAGE = "report.html"


def show(request: CheckRequest, runtime: Runtime) -> int:
    """Write the report as a page that only its owner can read, open it, and return the exit code. Raises UserError."""
    page = page_file()
    wanted = request.audit.output
    files = wanted.files or (() if wanted.format is None else (STDOUT,))
    audit = replace(request.audit, output=replace(wanted, files=(*files, page)))
    code = last_check.show(replace(request, audit=audit), runtime)
    # A check that is kept is shown without reading any key, which is then still in the environment.
    forget_variables(registry.all_ids())
    # The address is of a file: the page is never served.
    if webbrowser.open(page.as_uri()):
        runtime.note(_("Opened in your browser: {path}").format(path=page))
    else:
        runtime.note(_("No browser could be opened. Open this file yourself: {path}").format(path=page))
    return code


def page_file() -> Path:
    """Return the file of the page, in the private folder of the history, which is made. Raises UserError."""
    from auditor.history.database_url import default_file  # noqa: PLC0415 - --help loads no database

    folder = default_file().parent.absolute()
    check_default_folder(folder, "--output")
    try:
        make_private_folders(folder)
    except OSError as error:
        raise UserError(_("{path} cannot be created: {why}.").format(path=folder, why=error.strerror)) from None
    return folder / PAGE
