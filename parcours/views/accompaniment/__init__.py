"""The accompaniment of a person: written from their page, each act with its own."""
