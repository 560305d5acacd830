"""Who acts, where, and what the law says of each kind. Imports neither people nor money."""
