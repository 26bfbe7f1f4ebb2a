"""Numbers of things, as people say them."""


def counted(number: int, thing: str) -> str:
    """Return a number with what it counts: "1 turn", "2 turns"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
