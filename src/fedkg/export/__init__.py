"""Taking the graph away, in the formats of other tools.

source (a graph, and which of its papers) → works (papers, as others know them) → one module a
format; formats is their table, and files writes what they yield.
"""
