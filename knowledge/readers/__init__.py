"""Files as sources: plain text, Markdown, HTML, PDF and Word."""

from knowledge.readers.choosing import read
from knowledge.readers.limits import Limits

__all__ = ["Limits", "read"]
