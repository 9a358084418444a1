"""Writes letters into a folder, one file each, for a rehearsal where nothing may leave."""

import asyncio
from pathlib import Path

from bot.errors import FileRefused
from bot.files import write_text
from bot.letter import House, letter
from bot.ports import DeliveryFailed, Outgoing


class FolderChannel:
    """A `Sender` that writes each letter as a text file. The same letter is the same file."""

    def __init__(self, folder: Path, channel: str, house: House) -> None:
        self._folder = folder
        self._channel = channel
        self._house = house

    async def send(self, outgoing: Outgoing) -> None:
        """Word one letter and write it.

        Raises:
            DeliveryFailed: it cannot be written.
            ValueError: it is no letter.
        """
        words = letter(outgoing, self._house)
        text = words.short if self._channel == "text" else words.plain
        page = f"To: {outgoing.address}\nSubject: {words.subject}\n\n{text}\n"
        try:
            await asyncio.to_thread(self._write, outgoing.id, page)
        except (FileRefused, OSError) as error:
            raise DeliveryFailed("the folder for letters cannot be written to") from error

    def _write(self, number: int, page: str) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_text(self._folder / f"{self._channel}-{number:06}.txt", page)
