"""The hall's numbers with their reasons, and changing one from a day on."""
