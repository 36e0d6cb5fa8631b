"""A customer's telephone lines at the desk."""
