"""Load one exchange's ccxt module without the hundred others that ``import ccxt`` brings along.

ccxt's packages list every exchange in their ``__init__``. An empty module of the same name and path stands in for each
of the two, so that only the module asked for and what it imports is run. The plain import is the fall-back.
"""

import importlib
import importlib.metadata
import importlib.util
import sys
from types import ModuleType
from typing import Any

_PACKAGES = ("ccxt", "ccxt.async_support")


def ccxt_version() -> str:
    """The installed ccxt's version, without importing it."""
    return importlib.metadata.version("ccxt")


def exchange_class(exchange_id: str) -> Any:
    """ccxt's asynchronous class for ``exchange_id``. Raises ImportError when ccxt has none."""
    for package in _PACKAGES:
        _stand_in(package)
    try:
        module = importlib.import_module(f"ccxt.async_support.{exchange_id}")
    except (ImportError, AttributeError):
        module = _plain(exchange_id)
    return getattr(module, exchange_id)


def network_errors() -> type[Exception]:
    """What ccxt raises when no answer came; an answer is never one of these, whatever it says."""
    for package in _PACKAGES:
        _stand_in(package)
    found: type[Exception] = importlib.import_module("ccxt.base.errors").BaseError
    return found


def _stand_in(package: str) -> None:
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
    """ccxt's own modules take its error classes and base class from the package."""
    for module in ("ccxt.base.errors", "ccxt.base.exchange"):
        if not name.startswith("__") and hasattr(found := importlib.import_module(module), name):
            return getattr(found, name)
    raise AttributeError(name)


def _plain(exchange_id: str) -> ModuleType:
    """The import as ccxt means it, for the day its modules need their package."""
    for package in _PACKAGES:
        if getattr(sys.modules.get(package), "__file__", None) is None:
            sys.modules.pop(package, None)
    module = importlib.import_module("ccxt.async_support")
    if not hasattr(module, exchange_id):
        raise ImportError(f"ccxt has no exchange {exchange_id}")
    return module
