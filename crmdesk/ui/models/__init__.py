"""Item models: lazy, read-only, told by changes to read again."""
