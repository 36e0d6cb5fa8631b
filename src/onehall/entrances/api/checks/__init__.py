"""The daily check of sampled orders."""
