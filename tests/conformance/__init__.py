"""The W3C's SPARQL 1.1 test suite, asked of a running server over HTTP."""
