"""A code, an issue id or an outlet in, what people know of it out."""

from __future__ import annotations

from detente.knowledge import issues, organisations, states


def state_name(code: str) -> str:
    """Return a state's name: «CHN» is China; a code no table knows names itself."""
    return states.name_of(code)


def issue_name(issue: str) -> str:
    """Return an issue's name: `thaad-south-korea` is «THAAD in South Korea»."""
    return issues.name_of(issue) or issue


def is_state_owned(outlet: str) -> bool | None:
    """Return whether an outlet belongs to a state: TASS does; None where no table knows it."""
    known = organisations.outlet(outlet)
    return None if known is None else known.state_owned


def body_codes() -> list[str]:
    """Return the codes that stand for no state: UNO, EUR, NATO and the like."""
    return sorted(states.BODIES)
