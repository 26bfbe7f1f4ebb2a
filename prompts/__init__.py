"""Every sentence the bot can say: Jinja templates by name, each name with several wordings."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from jinja2 import Environment, StrictUndefined, Template

from prompts.counts import counted

_ENVIRONMENT = Environment(undefined=StrictUndefined, autoescape=False)
_ENVIRONMENT.filters["counted"] = counted
_FIRST_VALUE = re.compile(r"\{[{%]")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of saying a sentence; ``opener`` is what it begins with, whatever is filled in."""

    opener: str
    template: Template

    def render(self, **values: object) -> str:
        """Return the sentence, filled in."""
        return self.template.render(**values)


@cache
def wordings(name: str) -> tuple[Wording, ...]:
    """Return the wordings of a sentence; KeyError when there is no such sentence."""
    return tuple(
        Wording(_FIRST_VALUE.split(text, maxsplit=1)[0].strip(), _ENVIRONMENT.from_string(text))
        for text in _written()[name]
    )


def said(name: str, **values: object) -> str:
    """Return a sentence that is always said in the same way, filled in."""
    (wording,) = wordings(name)
    return wording.render(**values)


@cache
def _written() -> dict[str, list[str]]:
    content: dict[str, list[str]] = {}
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        content |= yaml.safe_load(path.read_text("utf-8"))
    return content
