"""When: words that date something, and which of them dates an act."""
