"""Pages about territories, structures and users."""
