"""Documents: their text and its merge fields, their codes, their pages. No Django model."""
