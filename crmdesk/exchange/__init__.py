"""Outside formats, read and written as streams; knows nothing of the workspace."""
