"""Bibliographies: what reference managers and typesetters read."""
