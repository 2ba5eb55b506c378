"""What the columns of the records are called, for steps, details and the history; and which of them nobody reads."""

from __future__ import annotations

from crmdesk.words import N_, _

COLUMNS: dict[str, str] = {
    "account_since": N_("Account since"),
    "amount_cents": N_("Amount"),
    "attempt": N_("Attempt"),
    "birthday": N_("Birthday"),
    "broken": N_("Broken"),
    "contract": N_("Contract"),
    "currency": N_("Currency"),
    "deal_stage": N_("Deal stage"),
    "department": N_("Department"),
    "event_id": N_("Event"),
    "exit": N_("State"),
    "exit_note": N_("Note"),
    "exit_on": N_("Ended on"),
    "exit_reason": N_("Reason"),
    "expected_close": N_("Expected close"),
    "family": N_("Family name"),
    "family_first": N_("Family name first"),
    "given": N_("Given name"),
    "industry": N_("Industry"),
    "job_title": N_("Job title"),
    "language": N_("Language"),
    "lead_id": N_("Lead"),
    "middle": N_("Middle name"),
    "name": N_("Name"),
    "nickname": N_("Nickname"),
    "note": N_("Note"),
    "organisation_id": N_("Organisation"),
    "owner_id": N_("Owner"),
    "person_id": N_("Person"),
    "preferred": N_("Preferred"),
    "prefix": N_("Title or form of address"),
    "probability": N_("Probability"),
    "size": N_("Number of employees"),
    "source": N_("Source"),
    "stage": N_("Stage"),
    "suffix": N_("Name suffix"),
    "supplier": N_("Present supplier"),
    "terms": N_("Payment terms"),
    "value": N_("Value"),
    "wake_on": N_("Wakes on"),
}
"""Column → its word, whichever record it is of."""

POINTS: dict[str, str] = {
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "address": N_("Address"),
    "handle": N_("Social handle"),
    "web": N_("Web site"),
}
"""Kind of contact point → its word."""


def column_word(column: str) -> str:
    """The column's word in the language in use; "" for one that nobody reads."""
    return _(COLUMNS[column]) if column in COLUMNS else ""
