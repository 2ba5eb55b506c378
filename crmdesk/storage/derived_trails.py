"""The way of each attempt through the stages, and how many went each way: what the rates of going on are made from.

An attempt is a lead with the opportunities it became, or an opportunity that came from no lead.
"""

from __future__ import annotations

from crmdesk.storage.derivation import Derivation, Mark, stale_only

_TABLES = (
    """
    CREATE TABLE trail (
        id INTEGER NOT NULL PRIMARY KEY,
        path TEXT NOT NULL,
        owner_id INTEGER,
        event_id INTEGER
    ) STRICT
    """,
    # Owner and event 0 stand for any, as in the tally of cards.
    """
    CREATE TABLE trail_tally (
        owner_id INTEGER NOT NULL,
        event_id INTEGER NOT NULL,
        path TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        PRIMARY KEY (owner_id, event_id, path)
    ) WITHOUT ROWID, STRICT
    """,
)


def _trails(*, leads: str = "1", opportunities: str = "1") -> str:
    return f"""
    SELECT lead.id, crmdesk_trail(
        (SELECT group_concat(stage_move.to_stage, ' ' ORDER BY stage_move.id) FROM stage_move
         WHERE stage_move.kind <> 'deal' AND (stage_move.lead_id = lead.id OR stage_move.opportunity_id IN (
             SELECT deal.id FROM opportunity AS deal WHERE deal.lead_id = lead.id))),
        lead.stage,
        (SELECT group_concat(deal.stage, ' ' ORDER BY deal.id) FROM opportunity AS deal WHERE deal.lead_id = lead.id)
    ), lead.owner_id, lead.event_id
    FROM lead WHERE {leads}
    UNION ALL
    SELECT opportunity.id, crmdesk_trail(
        (SELECT group_concat(stage_move.to_stage, ' ' ORDER BY stage_move.id) FROM stage_move
         WHERE stage_move.kind <> 'deal' AND stage_move.opportunity_id = opportunity.id),
        opportunity.stage, ''
    ), opportunity.owner_id, opportunity.event_id
    FROM opportunity WHERE opportunity.lead_id IS NULL AND {opportunities}
    """


def _tallied(sign: str, scope: str) -> str:
    return f"""
    SELECT CASE WHEN by_owner.column1 THEN trail.owner_id ELSE 0 END,
        CASE WHEN by_event.column1 THEN trail.event_id ELSE 0 END, trail.path, {sign}count(*)
    FROM trail CROSS JOIN (VALUES (0), (1)) AS by_owner CROSS JOIN (VALUES (0), (1)) AS by_event
    WHERE {scope} AND (trail.owner_id IS NOT NULL OR NOT by_owner.column1)
        AND (trail.event_id IS NOT NULL OR NOT by_event.column1)
    GROUP BY 1, 2, 3
    """


_STALE = stale_only("trail.id", "stale_trail")
_ADD = """
    INSERT INTO trail_tally (owner_id, event_id, path, attempts) {rows}
    ON CONFLICT (owner_id, event_id, path) DO UPDATE SET attempts = attempts + excluded.attempts
"""

TRAILS = Derivation(
    name="trails",
    tables=_TABLES,
    empty=("DELETE FROM trail", "DELETE FROM trail_tally"),
    stale=("stale_trail",),
    marks=(
        Mark("stale_trail", "lead", ("stage", "owner_id", "event_id"), ("{row}.id",)),
        Mark(
            "stale_trail",
            "opportunity",
            ("stage", "lead_id", "owner_id", "event_id"),
            ("{row}.id", "{row}.lead_id"),
        ),
        Mark(
            "stale_trail",
            "stage_move",
            ("lead_id", "opportunity_id", "kind", "to_stage"),
            ("{row}.lead_id", "{row}.opportunity_id"),
        ),
    ),
    refresh=(
        "INSERT OR IGNORE INTO stale_trail SELECT lead_id FROM opportunity"
        f" WHERE {stale_only('id', 'stale_trail')} AND lead_id IS NOT NULL",
        _ADD.format(rows=_tallied("-", _STALE)),
        f"DELETE FROM trail WHERE {stale_only('id', 'stale_trail')}",
        "INSERT INTO trail "
        + _trails(
            leads=stale_only("lead.id", "stale_trail"),
            opportunities=stale_only("opportunity.id", "stale_trail"),
        ),
        _ADD.format(rows=_tallied("", _STALE)),
        "DELETE FROM trail_tally WHERE attempts = 0 AND EXISTS (SELECT 1 FROM stale_trail)",
        "DELETE FROM stale_trail",
    ),
    everything=(("stale_trail", "SELECT id FROM lead"), ("stale_trail", "SELECT id FROM opportunity")),
    compared=(("trail", _trails()), ("trail_tally", _tallied("", "1"))),
)
