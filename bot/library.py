"""Questionnaires by content hash, read once: a version never changes."""

from storage import questionnaires
from storage.database import Database
from surveys.model import Questionnaire


class Library:
    """Remembers every questionnaire it has read."""

    def __init__(self) -> None:
        self._read: dict[str, Questionnaire] = {}

    def get(self, db: Database, content_hash: str) -> Questionnaire:
        """The questionnaire with this hash.

        Raises:
            LookupError: it is not in the database.
        """
        found = self._read.get(content_hash) or questionnaires.by_hash(db, content_hash)
        if found is None:
            raise LookupError(f"questionnaire {content_hash} is not in the database")
        self._read[content_hash] = found
        return found
