"""The clock: what happens without anybody pressing a key. The timetable names every job; each has a file of its own."""
