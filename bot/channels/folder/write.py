"""Writes letters into a folder, one file each, for a rehearsal where nothing may leave."""

import asyncio
from pathlib import Path

from bot.files import write_text
from bot.letter import House, letter
from bot.ports import Outgoing


class FolderChannel:
    """A `Sender` that writes each letter as a text file. The same letter is the same file."""

    def __init__(self, folder: Path, channel: str, house: House) -> None:
        self._folder = folder
        self._channel = channel
        self._house = house

    async def send(self, outgoing: Outgoing) -> None:
        """Word one letter and write it.

        Raises:
            ValueError: it is no letter.
            FileRefused: it cannot be written.
        """
        words = letter(outgoing, self._house)
        text = words.short if self._channel == "text" else words.plain
        page = f"To: {outgoing.address}\nSubject: {words.subject}\n\n{text}\n"
        await asyncio.to_thread(self._write, outgoing.id, page)

    def _write(self, number: int, page: str) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_text(self._folder / f"{self._channel}-{number:06}.txt", page)
