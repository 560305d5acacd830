"""Writes of parcours: one subject a module."""
