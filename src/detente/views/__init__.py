"""The fronts: the command line, the page on a pair of states, the notebook display.

No view computes: each takes what the archive, the measures or the pipeline give and sets it
in words, lines and colour.
"""
