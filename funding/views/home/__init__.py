"""The first page: what matters to each role."""
