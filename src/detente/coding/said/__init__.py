"""Who says so: stretches of speech with their speakers, and the statements among them."""
