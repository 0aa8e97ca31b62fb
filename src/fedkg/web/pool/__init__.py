"""Queries run in processes that can be killed: nothing else stops an engine.

limits | source → pool → seats → seat → worker → outcome | frames | child → jail, counting

`pool` says who runs when, `seats` begins and ends children, `seat` is a child and what it was
asked, `worker` its process. These are the server's side, with `outcome`, `usage` and `store`;
`child` and `jail` are the other. `frames` is what they say to each other. The server's own process
never parses a query nor loads the engine.
"""
