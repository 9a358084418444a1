"""The process that does what takes long, so that parents and pages are answered meanwhile."""

import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import connection
from threading import Thread


def open_worker() -> ProcessPoolExecutor:
    """One process, begun with its first task; it ends with the service, even a killed one."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=context, initializer=_begin)


def _begin() -> None:
    # Ctrl-C reaches every process of the terminal; the service ends this one when it is done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_service, daemon=True).start()


def _end_with_the_service() -> None:
    service = multiprocessing.parent_process()
    assert service is not None  # noqa: S101 - this runs in a process the service began
    connection.wait([service.sentinel])
    os._exit(1)
