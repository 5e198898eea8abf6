"""How much: numbers with their units, and the figures among them."""
