"""What a customer has: its terms, ending it, and changing one's mind."""
