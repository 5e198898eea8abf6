"""Who is meant: words that mean actors, and which actor each means on the report's day."""
