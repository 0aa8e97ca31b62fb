"""The graph on disk and the engine that answers queries over it.

builds | indexing | engine | syntax: import the module that is needed, since only some need the
engine, and the server's own process does without it.
"""
