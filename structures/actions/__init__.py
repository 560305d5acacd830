"""Writes of structures: one subject a module."""
