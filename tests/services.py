"""Loaded before pytest-django reads the settings: the servers must be up by then."""

import pytest

from iae_manager import entry


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests():
    entry.prepare("test")
