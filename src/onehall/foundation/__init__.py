"""What every room stands on. Knows no room, no hall by name, no screen."""
