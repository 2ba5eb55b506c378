"""How a card leaves the path, and the reasons on the list of a new workspace."""

from __future__ import annotations

from crmdesk.words import N_

NOT_A_FIT: dict[str, str] = {
    "no_problem": N_("No problem to solve"),
    "no_value": N_("No value they would notice"),
    "not_our_market": N_("Not our market"),
    "too_small": N_("Too small for us"),
    "no_means": N_("Cannot pay for it"),
    "supplier_fixed": N_("Bound to another supplier"),
    "not_buying": N_("Does not buy: press, student, applicant, supplier"),
    "unreachable": N_("Cannot be reached"),
    "duplicate": N_("Here twice"),
}
"""Key → words of the shipped reasons for *Not a fit*, in the order of their digits."""

LOST: dict[str, str] = {
    "price": N_("Price"),
    "competitor": N_("Bought elsewhere"),
    "no_decision": N_("No decision"),
    "need_gone": N_("The need is gone"),
    "too_late": N_("We were too late"),
    "terms": N_("Terms not agreed"),
    "no_fit": N_("Does not do what they need"),
}
"""Key → words of the shipped reasons for a lost opportunity, in the order of their digits."""

OUTCOMES: dict[str, str] = {
    "not_now": N_("Not now"),
    "not_a_fit": N_("Not a fit"),
    "converted": N_("Converted"),
    "won": N_("Won"),
    "lost": N_("Lost"),
}
"""Key → words of the ways off the path."""

REASONS: dict[str, dict[str, str]] = {"not_a_fit": NOT_A_FIT, "lost": LOST}
