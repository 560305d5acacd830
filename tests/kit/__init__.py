"""The worked cases: each rule with its figures, as data a lawyer can read.

`cases/*.toml` hold them, `rules.toml` says what each rule is. They are run against the
rules (test_cases.py) and, for what only the database can hold, against it
(test_database_cases.py). `python -m tests.kit` writes docs/rules.md from them.
"""
