"""Where they stand: constructions that take a side, their mood, holders and issues."""
