"""`onehall …`: what an operator types. commands/ holds one file per command; a new file is a new command."""
