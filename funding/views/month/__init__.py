"""The month of a convention: typed, checked, proposed, validated, read by the service."""
