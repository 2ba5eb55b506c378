"""Views: the pages of the window and their parts."""
