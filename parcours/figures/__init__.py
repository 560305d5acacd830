"""Reads of parcours: one subject a module."""
