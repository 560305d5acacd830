"""How often a visitor without an account may ask for what costs work."""

from django.conf import settings
from django.core.cache import cache
from redis import RedisError

A_MINUTE = 60
MOST = 30


def is_too_often(request, what):
    """Whether this address asked more than its share this minute.

    Without a cache nobody is counted: the page matters more than the limit.
    """
    key = f"limit:{what}:{address(request)}"
    try:
        cache.add(key, 0, A_MINUTE)
        return cache.incr(key) > MOST
    except (RedisError, ValueError):  # no server; or the key ended between both
        return False


def address(request):
    """Behind the server that ends the TLS, the last address it wrote itself."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.PRODUCTION and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")
