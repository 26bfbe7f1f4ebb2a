"""A topic pack as one zip file: written whole, and read without trusting it."""

import re
import stat
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from knowledge.errors import PackError
from knowledge.packfiles import load, save
from knowledge.topics import Topic

MOST_FILES = 20_000
MOST_BYTES = 256 * 2**20
"""Of all files together, unpacked."""
MOST_YAML = 64 * 2**20
HIGHEST_RATIO = 200
"""Unpacked to packed size of a file of more than a mebibyte: text does not shrink further."""
_MEBIBYTE = 2**20
_PART = re.compile(
    r"(?:topic|arguments|precedents|silent)\.yaml|(?:readings|blocks)/[^/\\:\x00-\x1f.][^/\\:\x00-\x1f]*\.(?:yaml|txt)"
)
_MADE_BY_SYSTEMS = re.compile(r"__MACOSX/.*|(?:.*/)?\.DS_Store")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(topic: Topic, path: Path) -> None:
    """Write the topic's pack as a zip, whole or not at all; the same topic gives the same bytes."""
    part = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in save(topic):
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, (stat.S_IFREG | 0o644) << 16
                archive.writestr(entry, text.encode())
        part.replace(path)
    except OSError as error:
        raise PackError(f"{path}: cannot be written ({error.strerror}).") from None
    finally:
        part.unlink(missing_ok=True)


def unpack(path: Path) -> Topic:
    """Return the topic in a pack's zip; PackError names the first thing in it that is wrong."""
    with tempfile.TemporaryDirectory(prefix="gainsay-") as name:
        folder = Path(name)
        try:
            _extract(path, folder)
            return load(folder)
        except PackError as error:
            raise PackError(str(error).replace(name, str(path))) from None
        except OSError as error:
            raise PackError(f"{path}: cannot be read ({error.strerror or error}).") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise PackError(f"{path}: not a zip file that can be read ({error}).") from None


def _extract(path: Path, folder: Path) -> None:
    for part in ("readings", "blocks"):
        (folder / part).mkdir()
    with zipfile.ZipFile(path) as archive:
        left = MOST_BYTES
        for entry in _parts(path, archive):
            with archive.open(entry) as packed:
                content = packed.read(left + 1)
            left -= len(content)
            if left < 0:
                raise PackError(f"{path}: more than {MOST_BYTES // _MEBIBYTE} MiB unpacked: too big for a pack.")
            (folder / entry.filename).write_bytes(content)


def _parts(path: Path, archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """Yield the entries that are a pack's files; PackError for the first that is none, or not safe to unpack."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise PackError(f"{path}: {len(entries)} files; a pack has at most {MOST_FILES}.")
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if _MADE_BY_SYSTEMS.fullmatch(name) or name in ("readings/", "blocks/"):
            continue
        if fault := _fault(entry):
            raise PackError(f"{path}: {name!r}: {fault}.")
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            raise PackError(f"{path}: {name!r}: two files of this name.")
        seen.add(folded)
        yield entry


def _fault(entry: zipfile.ZipInfo) -> str:
    """Return what is wrong with an entry; "" for nothing."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "a link or device, not a file"
    if not _PART.fullmatch(entry.filename):
        return "not a file of a topic pack"
    if entry.flag_bits & 1:
        return "encrypted; pack it without a password"
    if entry.filename.endswith(".yaml") and entry.file_size > MOST_YAML:
        return f"more than {MOST_YAML // _MEBIBYTE} MiB: too big for a pack"
    if entry.file_size > max(_MEBIBYTE, HIGHEST_RATIO * entry.compress_size):
        return "shrunk beyond belief: a decompression bomb"
    return ""
