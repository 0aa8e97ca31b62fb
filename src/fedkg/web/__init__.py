"""The endpoint and the pages of a served graph."""
