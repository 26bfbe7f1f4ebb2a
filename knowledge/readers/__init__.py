"""Files as sources: plain text, Markdown, HTML, PDF and Word."""

from knowledge.limits import Limits
from knowledge.readers.reading import read

__all__ = ["Limits", "read"]
