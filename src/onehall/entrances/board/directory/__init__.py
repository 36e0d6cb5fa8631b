"""The hall's directory."""
