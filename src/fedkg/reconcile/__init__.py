"""Reconciling: which things the cells of a table name (W3C Entity Reconciliation, version 0.2).

queries (what is asked) → matching (candidates, weighed by resemblance and evidence) → results;
extending gives what the graph says of things. schema holds the types and properties that there are.
"""
