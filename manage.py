#!/usr/bin/env python
"""Commands. Starts the embedded services first when the environment names none."""

import os
import sys

from django.core.management import execute_from_command_line

from iae_manager.entry import prepare


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iae_manager.settings")
    prepare(sys.argv[1] if len(sys.argv) > 1 else "")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
