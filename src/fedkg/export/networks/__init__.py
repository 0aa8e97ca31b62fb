"""Papers as networks: queries → kinds (who is linked with whom) → graph → one module a format."""
