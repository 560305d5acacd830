"""How figures, days and states are written on every page."""
