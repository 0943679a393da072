"""How long to wait before something is tried again: one rule for all that is.

A create request is never tried again (docs/architecture.md, rule 1): nothing that sends one uses this.
"""

from __future__ import annotations

import math
from typing import Final

from msgspec import Struct

# Beyond these doublings every wait has reached its ceiling: the power stays a number that a float can hold.
_MAX_GROWTH: Final = 64


class RetryPolicy(Struct, frozen=True):
    """Waits in seconds: `first` after the first failure, after each further one `factor` times as long, to `ceiling`.

    `tries` is how many there are in all, 0 without end. Where the other side asks for a wait of its own, as by
    `Retry-After`, that is waited for: `min_asked` seconds at least; and nothing is tried again where it asks for more
    than `max_asked`.
    """

    first: float
    ceiling: float
    factor: float = 2.0
    tries: int = 0
    min_asked: float = 0.0
    max_asked: float = math.inf

    def wait(self, failures: int, *, asked: float | None = None, minimum: float = 0.0,
             jitter: float = 1.0) -> float | None:
        """Seconds until the next try, after so many failures in a row; None where there is to be none.

        0 before the first failure. `asked`: for how long the other side wants to be left alone. `minimum`: no grown
        wait is shorter. `jitter`, from 0 to 1, takes up to half of a grown wait away: clients that failed together do
        not come back together.
        """
        if self.tries and failures >= self.tries:
            return None
        if asked is not None:
            return None if asked > self.max_asked else max(asked, self.min_asked)
        if failures <= 0:
            return 0.0
        grown = max(minimum, self.first * self.factor ** min(failures - 1, _MAX_GROWTH))
        return min(self.ceiling, grown) * (0.5 + jitter / 2)
