"""The embedded servers, started for real on folders of their own."""
