"""The gallery of components: what screens are built with, each in light and dark, empty, long and wrong."""
