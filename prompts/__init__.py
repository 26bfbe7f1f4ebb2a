"""Every sentence the bot can say: Jinja templates and the one function that fills them."""
