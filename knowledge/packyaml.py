"""YAML files of a pack: read against a shape, or written."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from knowledge.errors import PackError

T = TypeVar("T")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_DEEPEST = 24
_OURS = Path(__file__).parent / "packs"


def read(path: Path, shape: TypeAdapter[T]) -> T:
    """Return what the file holds; PackError names file, line and key of the first fault."""
    try:
        return shape.validate_python(content(path))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "file"
        raise PackError(f"{path}:{line_of(path, first['loc'])}: {key}: {first['msg']}.") from None


def content(path: Path) -> Any:
    """Return the plain content of a YAML file without aliases; PackError when it is none."""
    text = words(path)
    try:
        if not path.is_relative_to(_OURS):  # what comes with the software is no attack, and is read at every start
            _shallow(path, text)
        return yaml.load(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PackError(f"{path}:{line}: not valid YAML: {error.problem}.") from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise PackError(f"{path}: not valid YAML: {str(error).splitlines()[0]}.") from None


def words(path: Path) -> str:
    """Return the text of a UTF-8 file to the letter; PackError when it is missing or something else."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise PackError(f"{path}: missing. A topic pack needs this file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: cannot be read as UTF-8 text ({error}).") from None


def line_of(path: Path, keys: Sequence[Any]) -> int:
    """Return the line, from 1, of the deepest part of the path of keys that the file has."""
    node = yaml.compose(words(path), Loader=_LOADER)
    line = 1
    for key in keys:
        if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
        elif isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
            continue
        else:
            break
        line = node.start_mark.line + 1
    return line


def written(content: Any) -> str:
    """Return the content as YAML, what holds only plain values on one line."""
    text: str = yaml.dump(
        content, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1 << 30
    )
    return text


def _shallow(path: Path, text: str) -> None:
    """Raise PackError for aliases and for nesting so deep that only an attack has it."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        alias = isinstance(event, yaml.AliasEvent)
        if alias or depth > _DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            fault = "an alias, *; write it out in full" if alias else "nested too deeply for a pack"
            raise PackError(f"{path}:{line}: {fault}.")
