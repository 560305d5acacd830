"""Writes of funding: one subject a module."""
