"""Decisions about money: values in, a value out. Figures of the law are arguments."""
