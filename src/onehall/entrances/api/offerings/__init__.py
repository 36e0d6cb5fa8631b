"""What is on sale, at which price."""
