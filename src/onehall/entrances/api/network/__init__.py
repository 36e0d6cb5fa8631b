"""Lines as the network sees them: diagnosis, sessions, traffic."""
