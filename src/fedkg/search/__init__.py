"""What pages look up and count: an index beside the graph, written with each build (SQLite).

collecting (of a collection) or asking (of a store) → contents → write, cataloguing: the index.
names (full text), catalogue (sets of papers), figures, matrix and similar read it.
"""
