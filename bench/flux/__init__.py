"""Synthetic deliveries of the ASP’s files, and the import measured on them.

People are invented; their NIR has the right form and key, and belongs to nobody known.
"""
