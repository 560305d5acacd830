"""Pages about money, and those that set people beside money."""
