"""The real service as a process of its own, started, killed and started again."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 40


@dataclass
class Running:
    """A service that said it is ready, and the addresses it printed, in order."""

    process: asyncio.subprocess.Process
    links: list[str]

    async def stop(self) -> int:
        """Ask it to stop, as Ctrl-C does; returns its exit code."""
        self.process.send_signal(signal.SIGINT)
        return await self.process.wait()

    async def kill(self) -> None:
        """End it as a crash does."""
        self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def running(*words: str, folder: Path, ready: str) -> AsyncIterator[Running]:
    """`sendvoice WORDS`, from when it prints a line with `ready` in it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=folder, env={"PYTHONPATH": str(ROOT), **_env()},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    errors = asyncio.create_task(_drain(process.stderr))
    try:
        yield Running(process, await _until(process, errors, ready))
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await errors


async def command(*words: str, folder: Path) -> str:
    """What `sendvoice WORDS` prints; it must succeed."""
    code, out, err = await _done(*words, folder=folder)
    assert code == 0, err
    return out


async def refused(*words: str, folder: Path) -> str:
    """Why `sendvoice WORDS` refuses, which it must."""
    code, _, err = await _done(*words, folder=folder)
    assert code == 1, err
    return err


async def _done(*words: str, folder: Path) -> tuple[int | None, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=folder, env={"PYTHONPATH": str(ROOT), **_env()},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


async def _until(
    process: asyncio.subprocess.Process, errors: "asyncio.Task[str]", ready: str
) -> list[str]:
    assert process.stdout
    links: list[str] = []
    async with asyncio.timeout(SECONDS):
        while line := (await process.stdout.readline()).decode():
            links += re.findall(r"http://\S+", line)
            if ready in line:
                return links
    raise AssertionError(f"it ended before it was ready: {await errors}")


async def _drain(stream: asyncio.StreamReader | None) -> str:
    return "" if stream is None else (await stream.read()).decode()


def _env() -> dict[str, str]:
    import os  # noqa: PLC0415 - kept beside its one use

    kept = ("PATH", "HOME", "LANG", "TMPDIR")
    coverage = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE")}
    return {name: os.environ[name] for name in kept if name in os.environ} | coverage | {
        "COLUMNS": "300", "NO_COLOR": "1",
    }  # fmt: skip
