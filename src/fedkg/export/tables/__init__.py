"""Papers as tables: model says what stands in each, one module a form of them."""
