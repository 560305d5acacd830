"""The life of a convention and of an annexe, as one table: who may do what, and when.

`moves.py` is the table; `conditions.py` says why a row does not apply today; `asp.py`
tells our words from the ASP’s. The buttons, the server and the documentation read it.
"""
