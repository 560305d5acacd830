"""Pages about people and what happens to them."""
