"""A slower disk: every commit of the writer waits so much longer.

The disk of a machine like this one may flush in a tenth of a millisecond; a council's
rented volume takes some milliseconds.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from storage import database
from storage.database import Database


@contextmanager
def slower(seconds: float) -> Iterator[None]:
    """Until it is left, a transaction takes `seconds` longer. With 0 nothing is changed."""
    real = database.immediate

    @contextmanager
    def immediate(db: Database) -> Iterator[None]:
        with real(db):
            yield
        time.sleep(seconds)

    if seconds:
        with mock.patch.object(database, "immediate", immediate):
            yield
    else:
        yield
