"""What the documents of funding say: plain data in, a sheet out. No Django model."""
