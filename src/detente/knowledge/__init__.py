"""What is known before reading: the ontology, names with their years, words for acts, issues, units."""
