"""CrmDesk: a desktop contact manager that is honest about its words. The code map stands in the README."""

__version__ = "0.2.0"
