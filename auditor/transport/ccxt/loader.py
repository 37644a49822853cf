"""Load one exchange's ccxt module without the hundred others that ``import ccxt`` loads.

ccxt's packages import every exchange in their ``__init__``. An empty module of the same name and path replaces each of
the two, so that only the requested module and its imports are run. The plain import is the fallback.
"""

import importlib
import importlib.metadata
import importlib.util
import sys
from types import ModuleType
from typing import Any

from auditor.transport.ccxt.arithmetic import bound_arithmetic

_PACKAGES = ("ccxt", "ccxt.async_support")


def ccxt_version() -> str:
    """Return the version of the installed ccxt without importing it."""
    return importlib.metadata.version("ccxt")


def exchange_class(exchange_id: str) -> Any:
    """Return ccxt's asynchronous class for ``exchange_id``.

    Raises ImportError when ccxt has none.
    """
    for package in _PACKAGES:
        _add_empty_package(package)
    try:
        module = importlib.import_module(f"ccxt.async_support.{exchange_id}")
    except (ImportError, AttributeError):
        module = _import_normally(exchange_id)
    bound_arithmetic()
    return getattr(module, exchange_id)


def network_errors() -> type[Exception]:
    """Return the base class of ccxt's errors, raised when there is no answer.

    An answer never raises one.
    """
    for package in _PACKAGES:
        _add_empty_package(package)
    base_error: type[Exception] = importlib.import_module("ccxt.base.errors").BaseError
    return base_error


def _add_empty_package(package: str) -> None:
    if package in sys.modules:
        return
    spec = importlib.util.find_spec(package)
    if spec is None or spec.submodule_search_locations is None:
        raise ImportError(f"{package} is not installed")
    module = ModuleType(package)
    module.__path__ = list(spec.submodule_search_locations)
    module.__spec__ = spec
    module.__dict__.update(__version__=ccxt_version(), __getattr__=_base_name)
    sys.modules[package] = module


def _base_name(name: str) -> Any:
    """Return an error class or base class that ccxt's own modules take from the package."""
    for module in ("ccxt.base.errors", "ccxt.base.exchange"):
        if not name.startswith("__") and hasattr(found := importlib.import_module(module), name):
            return getattr(found, name)
    raise AttributeError(name)


def _import_normally(exchange_id: str) -> ModuleType:
    """Import ccxt normally, for a future version whose modules need their package."""
    for package in _PACKAGES:
        if getattr(sys.modules.get(package), "__file__", None) is None:
            sys.modules.pop(package, None)
    module = importlib.import_module("ccxt.async_support")
    if not hasattr(module, exchange_id):
        raise ImportError(f"ccxt has no exchange {exchange_id}")
    return module
