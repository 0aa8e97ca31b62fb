"""Wikidata: facts on papers as items with statements (known → facts → lint → a format).

Papers that are there already are found by their identifiers (identifiers → answers → checking).
"""
