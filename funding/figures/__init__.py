"""Reads of funding: one subject a module."""
