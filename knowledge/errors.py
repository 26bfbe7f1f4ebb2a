"""Errors that a caller can mend.

GainsayError
└── KnowledgeError
    ├── PackError       a topic pack that does not hold together
    ├── SourceError     a reading that cannot be read
    └── ModelError      an embedding model that is missing or not the one it should be
"""


class GainsayError(Exception):
    """One line that says what is wrong and what to do."""


class KnowledgeError(GainsayError):
    """Something about the readings."""


class PackError(KnowledgeError):
    """A topic pack that does not hold together: names file, line and key."""


class SourceError(KnowledgeError):
    """A reading that cannot be read."""


class ModelError(KnowledgeError):
    """An embedding model that is missing or not the one it should be."""
