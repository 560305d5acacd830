"""What commands are given, and the sentence when it cannot be read."""

from argparse import ArgumentTypeError
from datetime import date


def a_day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"« {text} » n’est pas une date : écrivez AAAA-MM-JJ, 2019-12-02"
        raise ArgumentTypeError(message) from None
