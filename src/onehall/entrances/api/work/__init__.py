"""Work orders from dispatch to the archive: the hall's list, the installer's day, the calls that are owed."""
