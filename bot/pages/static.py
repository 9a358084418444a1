"""Static files, read once at the start and kept by browsers for a year.

The hash of all of them is part of every address, so a new version is a new address.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

ROOT = Path(__file__).resolve().parent.parent / "static"
SERVED = frozenset({".css", ".js", ".svg", ".txt"})
FOR_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class StaticFile:
    """One file as it is sent, plain and packed."""

    content: bytes
    packed: bytes
    content_type: str


@dataclass(frozen=True)
class StaticFiles:
    """Every static file by its path, and the hash of them all."""

    files: Mapping[str, StaticFile]
    digest: str

    def address(self, path: str) -> str:
        """Where the file at `path` is served.

        Raises:
            KeyError: there is no such file; a template names one that was not shipped.
        """
        if path not in self.files:
            raise KeyError(f"bot/static has no {path}: add it, or mend the template naming it")
        return f"/static/{self.digest}/{path}"

    async def serve(self, request: web.Request) -> web.Response:
        """The file at this address, or 404."""
        file = self.files.get(request.match_info["path"])
        if file is None or request.match_info["digest"] != self.digest:
            raise web.HTTPNotFound
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        encoding = {"Content-Encoding": "gzip"} if packed else {}
        return web.Response(
            body=file.packed if packed else file.content,
            content_type=file.content_type,
            charset="utf-8",
            headers={"Cache-Control": FOR_A_YEAR, "Vary": "Accept-Encoding", **encoding},
        )

    def routes(self) -> list[web.RouteDef]:
        """The one route that serves them."""
        return [web.get("/static/{digest}/{path:.+}", self.serve)]


def load_static(root: Path = ROOT) -> StaticFiles:
    """Read every static file under `root`."""
    found = sorted(path for path in root.rglob("*") if path.suffix in SERVED)
    files = {path.relative_to(root).as_posix(): _read(path) for path in found}
    digest = hashlib.sha256()
    for name, file in files.items():
        digest.update(name.encode() + b"\0" + file.content + b"\0")
    return StaticFiles(files, digest.hexdigest()[:16])


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    guessed = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return StaticFile(content, gzip.compress(content, mtime=0), guessed)
