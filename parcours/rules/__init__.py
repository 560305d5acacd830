"""Decisions about people’s hours and exits: values in, a value out."""
