"""Wikidata: facts on papers as items with statements (known → facts → lint → a format)."""
