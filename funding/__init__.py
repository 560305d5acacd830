"""The money: envelopes and their ledger, annexes, the yearly jobs. Imports parcours and structures."""
