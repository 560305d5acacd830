"""Reads of structures: one subject a module."""
