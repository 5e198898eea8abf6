"""An analysis in, records out: who, when, how much and who says so first, then acts and positions."""
