"""The phone of those who go to the customer: big targets, one task a screen."""
