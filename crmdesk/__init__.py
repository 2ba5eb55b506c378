"""CrmDesk: a desktop contact manager that is honest about its words. The code map stands in the README."""

__version__ = "0.3.0"

IMPORT_WORKER = "--import-worker"  # the command line of the process that brings lists in beside the window
