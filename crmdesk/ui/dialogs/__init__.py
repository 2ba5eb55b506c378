"""Sheets: questions that a person answers before something is done."""
