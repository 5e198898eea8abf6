"""A code or an outlet in, what people call it out."""

from __future__ import annotations

from importlib import import_module

from detente.knowledge import issues

# Codes that stand for no state.
ORGANISATIONS = frozenset({"UNO", "EUR", "NATO", "AFU", "IGO", "NGO", "MNC"})


def state_name(code: str) -> str:
    """Return a state's name: «CHN» is China; a code no table knows names itself."""
    try:
        return str(import_module("detente.knowledge.states").name_of(code) or code)
    except ImportError:
        return code


def issue_name(issue: str) -> str:
    """Return an issue's name: `thaad-south-korea` is «THAAD in South Korea»."""
    return issues.name_of(issue) or issue


def is_state_owned(outlet: str) -> bool | None:
    """Return whether an outlet belongs to a state: TASS does; None where no table knows it."""
    try:
        known = import_module("detente.knowledge.organisations").outlet(outlet)
    except ImportError:
        return None
    return None if known is None else bool(known.state_owned)


def is_state(code: str) -> bool:
    """Return True for the code of a state, False for an organisation's."""
    return code not in ORGANISATIONS
