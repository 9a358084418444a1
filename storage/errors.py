"""What can go wrong in storage.

StorageError
├── DatabaseMissing     the database file is not there
├── DatabaseOutdated    the database was made by an older version
├── DatabaseBusy        another process held the database for longer than we wait
├── DatabaseFull        the disk, or the database's page limit, is full
├── BackupUnsound       a backup is damaged, not ours, or of a newer version
├── KeysMissing         a key file is missing or damaged
└── Conflict            the row to add is there already, with other content
"""


class StorageError(Exception):
    """The root of every error raised by `storage`."""


class DatabaseMissing(StorageError):
    """The database file is not there."""


class DatabaseOutdated(StorageError):
    """The database was made by an older version and must be brought up to date first."""


class DatabaseBusy(StorageError):
    """Another process held the database for longer than we wait. Nothing was written."""


class DatabaseFull(StorageError):
    """There is no room to write. Nothing was written."""


class BackupUnsound(StorageError):
    """A backup is damaged, is no database of ours, or was made by a newer version."""


class KeysMissing(StorageError):
    """A key file is missing or damaged."""


class Conflict(StorageError):
    """What was to be added is there already, with other content."""
