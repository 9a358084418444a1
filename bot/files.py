"""Files that are written whole or not at all."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.errors import FileRefused


def write_text(path: Path, text: str) -> None:
    """Write the file under another name first, so that no half file bears its name.

    Raises:
        FileRefused: it cannot be written.
    """
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """The same for any content.

    Raises:
        FileRefused: it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)  # noqa: PTH105 - the one call that replaces in one step
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FileRefused(f"{path} cannot be written: {error.strerror}.") from error


@contextmanager
def replacing(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """A place beside each path to write its new content to; all take their names at the end.

    The last path gets its name last. Where writing fails, what stood there stands.

    Raises:
        FileRefused: one cannot be written.
    """
    parts = [path.with_name(f".{path.name}.part") for path in paths]
    try:
        for part in parts:
            part.write_bytes(b"")
        yield parts
        for path, part in zip(paths, parts, strict=True):
            os.replace(part, path)  # noqa: PTH105 - the one call that replaces in one step
    except OSError as error:
        raise FileRefused(f"{paths[-1]} cannot be written: {error.strerror or error}.") from error
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


@contextmanager
def new_file(path: Path) -> Iterator[TextIO]:
    """A new text file for Excel (UTF-8 with its mark), gone again if what fills it fails.

    Raises:
        FileRefused: there is such a file already, or it cannot be written.
    """
    try:
        file = path.open("x", newline="", encoding="utf-8-sig")
    except FileExistsError as error:
        raise FileRefused(f"{path} is there already and is not overwritten.") from error
    except OSError as error:
        raise FileRefused(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """An empty folder beside `path`, to fill and then give that name; gone at the end.

    Raises:
        FileRefused: what is done in it cannot be written.
    """
    folder = path.with_name(f".{path.name}.folder.part")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir()
        yield folder
    except OSError as error:
        raise FileRefused(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def read_bytes(path: Path) -> bytes:
    """The file's bytes.

    Raises:
        FileRefused: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{path} cannot be read: {error.strerror}.") from error
