"""What a person can do: plain functions in the words of the user, `db` first."""
