"""Records in, a folder on disk out: a ledger that is the truth, and columns rebuilt from it."""

from __future__ import annotations

from detente.archive.folder import Archive
from detente.archive.keeping import Added

__all__ = ["Added", "Archive"]
