"""fedkg: curated paper lists as a knowledge graph that can be trusted, queried and taken away."""
