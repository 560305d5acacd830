"""The cases that only the database can play: each function sets one up and tries it."""
