"""PostgreSQL and Redis on a desk: server programs started, shared and stopped by us.

`urls` works out the addresses and starts nothing; `ensure` starts what is not yet there.
"""

from iae_manager.embedded.addresses import Urls, derived_secret, urls
from iae_manager.embedded.errors import ServiceError
from iae_manager.embedded.supervisor import Services, ensure, open_desk, stop

__all__ = [
    "ServiceError",
    "Services",
    "Urls",
    "derived_secret",
    "ensure",
    "open_desk",
    "stop",
    "urls",
]
