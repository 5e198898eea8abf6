"""Who does what to whom: triggers in the tree, their parties, status and rules; events out."""
