class ServiceError(Exception):
    """A service cannot be had; the message is one French sentence saying what to do."""
