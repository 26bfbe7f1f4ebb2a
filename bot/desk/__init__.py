"""What a server's people can do, whatever the front end: play, ask, set up, and take away what is theirs."""
