"""Decisions about people’s rights, contracts, hours and exits: values in, a value out."""
