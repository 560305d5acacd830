"""Wiring only: settings, urls, celery, the embedded services. Imported by none of the apps."""
