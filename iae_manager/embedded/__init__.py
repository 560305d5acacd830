"""PostgreSQL and Redis on a desk: server programs started, shared and stopped by us.

`urls` works out the addresses and starts nothing; `ensure` starts what is not yet there.
"""

from iae_manager.embedded.addresses import Urls, derived_secret, urls
from iae_manager.embedded.errors import ServiceError
from iae_manager.embedded.supervisor import Services, as_owner, ensure, stop

__all__ = [
    "ServiceError",
    "Services",
    "Urls",
    "as_owner",
    "derived_secret",
    "ensure",
    "stop",
    "urls",
]
