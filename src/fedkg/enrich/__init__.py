"""Papers → what open services say of them: what to ask, and what the answers mean."""
