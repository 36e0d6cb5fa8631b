"""Rating of a month's calls from files to files, with no database (VOI-02).

One call, one process; killed at any point and started again it gives the same results. Imported by nobody but the command.
"""
