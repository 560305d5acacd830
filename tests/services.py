"""Loaded before pytest-django reads the settings: the servers must be up by then."""

import os

import pytest

from iae_manager import entry


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests():
    # The day of a desk's demonstration is not the tests'.
    os.environ.setdefault("BUSINESS_DATE", "")
    entry.prepare("test")
