"""Is everything in place?"""

import json

import typer
from typer.exceptions import Exit

from bot.cli.options import JsonOption, chosen_settings


def doctor(as_json: JsonOption = False) -> None:
    """Check that everything is in place."""
    from bot.doctor import checks

    found = checks(chosen_settings())
    if as_json:
        typer.echo(json.dumps({"ok": all(c.ok for c in found), "checks": [c.record() for c in found]}))
    else:
        for check in found:
            typer.echo(f"{'ok ' if check.ok else 'NOT'} {check.name}: {check.found}")
    if not all(check.ok for check in found):
        raise Exit(1)
