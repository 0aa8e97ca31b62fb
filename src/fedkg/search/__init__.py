"""Full text over the names of things: an index beside the graph (SQLite's FTS5).

write → index. The server opens an index, and knows nothing of how it was written.
"""
