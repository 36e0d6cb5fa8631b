"""A customer at the desk: registration, purpose, the record, the services to choose from."""
