"""Signing in with the account and password of the broadband; what the line may do, its traffic, and when it ends."""
