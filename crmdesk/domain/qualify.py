"""Qualification in one place to import from: evidence for facts, the gate of a stage, why a record is here."""

from __future__ import annotations

from crmdesk.domain.evidence import Evidence, answer_to, evidence
from crmdesk.domain.gate import Gate, Group, gate, weigh
from crmdesk.domain.why import Why, why

__all__ = ["Evidence", "Gate", "Group", "Why", "answer_to", "evidence", "gate", "weigh", "why"]
