"""Discord's refusals: an HTTP status, a code of its own, and words."""

from dataclasses import dataclass

from tests.support.discord.facts import Json


class Refusal(Exception):
    """Raised where Discord would answer a request with an error."""

    def __init__(self, status: int, code: int, message: str, field: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.field = field

    def payload(self) -> Json:
        """The body of the answer."""
        body: Json = {"code": self.code, "message": self.message}
        if self.field:
            body["errors"] = nested(self.field, self.code, self.message)
        return body


def nested(field: str, code: int, message: str) -> Json:
    """The tree of errors that Discord gives for an invalid form, down to ``field``."""
    tree: Json = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(field.split(".")):
        tree = {part: tree}
    return tree


@dataclass(frozen=True)
class Refused:
    """A refusal that was given, kept for the test."""

    code: int
    route: str
    why: str


def invalid(field: str, why: str) -> Refusal:
    """Invalid form body (50035)."""
    return Refusal(400, 50035, f"Invalid Form Body: {field}: {why}", field)


def missing(permission: str) -> Refusal:
    """Missing permissions (50013)."""
    return Refusal(403, 50013, f"Missing Permissions ({permission})")


def no_access() -> Refusal:
    """Missing access (50001): the bot cannot see the place."""
    return Refusal(403, 50001, "Missing Access")


def unknown(what: str) -> Refusal:
    """An unknown channel, message and so on."""
    codes = {
        "Channel": 10003,
        "Guild": 10004,
        "Member": 10007,
        "Message": 10008,
        "Role": 10011,
        "User": 10013,
        "Webhook": 10015,
        "interaction": 10062,
        "application command": 10063,
    }
    return Refusal(404, codes[what], f"Unknown {what}")
