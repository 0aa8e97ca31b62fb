"""Wikidata: facts on papers as statements of QuickStatements (known → batch → lint)."""
