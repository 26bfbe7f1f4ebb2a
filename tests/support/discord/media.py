"""Files: what is uploaded, and where it is served."""

import mimetypes
from dataclasses import dataclass

from tests.support.discord.facts import Json

File = tuple[str, bytes]


@dataclass(frozen=True)
class Upload:
    """A file of a request: ``files[index]``."""

    index: int
    name: str
    data: bytes


@dataclass(eq=False)
class Attachment:
    """A file kept; ``size`` is what Discord says it is."""

    id: int
    name: str
    data: bytes
    size: int
    url: str
    description: str | None = None
    ephemeral: bool = False

    def payload(self) -> Json:
        """As a message carries it."""
        body: Json = {
            "id": str(self.id),
            "filename": self.name,
            "size": self.size,
            "url": self.url,
            "proxy_url": self.url,
            "content_type": self.content_type,
        }
        if self.description:
            body["description"] = self.description
        if self.ephemeral:
            body["ephemeral"] = True
        return body

    def unfurled(self) -> Json:
        """As a component that shows it carries it."""
        return {
            "id": str(self.id),
            "url": self.url,
            "proxy_url": self.url,
            "width": None,
            "height": None,
            "content_type": self.content_type,
            "attachment_id": str(self.id),
        }

    @property
    def content_type(self) -> str:
        """Guessed from the name, as Discord does."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"
