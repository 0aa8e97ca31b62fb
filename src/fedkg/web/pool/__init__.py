"""Queries run in processes that can be killed: nothing else stops an engine.

limits | source → pool → worker → outcome | frames | child → jail

`pool`, `worker`, `outcome`, `store` are the server's side, `child` and `jail` the other; `frames`
is what they say to each other. The server's own process never parses a query nor loads the engine.
"""
