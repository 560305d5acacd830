"""The ASP’s “fluxIAE” files: read as a stream, checked in SQL, merged into the base."""
