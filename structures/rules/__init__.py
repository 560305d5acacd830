"""Decisions about structures: values in, a value out. No Django model, no clock."""
