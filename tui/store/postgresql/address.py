"""What of an address distinguishes one store from another; the rest of it is how one gets there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

from tui.core.secret import Secret

if TYPE_CHECKING:
    from tui.store.spool import Spool

_DISTINGUISHING: Final = ("service", "host", "hostaddr", "port", "dbname", "user", "options")


def spool_of(address: Secret) -> Spool:
    """In this machine's data folder, as the server may be anywhere; found without it, as it may not be there.

    Raises psycopg.ProgrammingError where the address is none.
    """
    import platformdirs

    from tui.store.spool import Spool

    given = conninfo_to_dict(address.reveal())
    # What isn't said is asked of the environment by the driver's library.
    usual = {option.keyword.decode(): (option.val or b"").decode("utf-8", "replace")
             for option in Conninfo.get_defaults()}
    distinguishing = "\0".join(str(given.get(name) or usual.get(name, "")) for name in _DISTINGUISHING)
    name = hashlib.sha256(distinguishing.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return Spool(platformdirs.user_data_path("santral", appauthor=False) / "spool" / name)
