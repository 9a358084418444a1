"""The worker process ends with the service, however that ends, and says nothing of it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 20

SERVICE = """
import os, time
from bot.worker import open_worker

if __name__ == "__main__":
    worker = open_worker()
    worker.submit(os.getpid).result()
    print("begun", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process with a worker that has begun; both write to the same pipes."""
    program = tmp_path / "service.py"
    program.write_text(SERVICE, encoding="utf-8")
    made = subprocess.Popen(
        [sys.executable, str(program)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
    )  # fmt: skip
    with made:
        assert made.stdout
        assert made.stdout.readline() == "begun\n"
        try:
            yield made
        finally:
            with suppress(ProcessLookupError):
                os.killpg(made.pid, signal.SIGKILL)


def test_a_killed_service_leaves_no_process_behind(service: subprocess.Popen[str]) -> None:
    service.kill()
    # The pipe ends when the last process that holds it has.
    service.communicate(timeout=SECONDS)


def test_ctrl_c_in_a_terminal_shows_no_trace_of_the_worker(
    service: subprocess.Popen[str],
) -> None:
    os.killpg(service.pid, signal.SIGINT)
    _, errors = service.communicate(timeout=SECONDS)
    assert "SpawnProcess" not in errors
