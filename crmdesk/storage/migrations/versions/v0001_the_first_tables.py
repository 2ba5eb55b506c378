"""The first tables."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = [
    """
    CREATE TABLE draft (
        "key" TEXT NOT NULL,
        text TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY ("key")
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE event (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        name TEXT NOT NULL,
        place TEXT NOT NULL,
        starts_on TEXT NOT NULL,
        ends_on TEXT NOT NULL,
        PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX ix_event_ref ON event (ref)",
    """
    CREATE TABLE exit_reason (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        kind TEXT NOT NULL,
        "key" TEXT NOT NULL,
        text TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX ix_exit_reason_ref ON exit_reason (ref)",
    """
    CREATE TABLE journal (
        step INTEGER NOT NULL,
        tbl TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        "before" TEXT,
        PRIMARY KEY (step, tbl, row_id)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX ix_journal_row ON journal (tbl, row_id, step)",
    """
    CREATE TABLE member (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        name TEXT NOT NULL,
        initials TEXT NOT NULL,
        PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX ix_member_ref ON member (ref)",
    """
    CREATE TABLE meta (
        one INTEGER NOT NULL CHECK (one = 1),
        current_step INTEGER,
        undo_floor INTEGER NOT NULL,
        PRIMARY KEY (one)
    ) STRICT
    """,
    """
    CREATE TABLE organisation (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        name TEXT NOT NULL,
        match_key TEXT NOT NULL,
        industry TEXT NOT NULL,
        size TEXT NOT NULL,
        note TEXT NOT NULL,
        account_since TEXT NOT NULL,
        PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE INDEX ix_organisation_match_key ON organisation (match_key)",
    "CREATE UNIQUE INDEX ix_organisation_ref ON organisation (ref)",
    """
    CREATE TABLE setting (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (id)
    ) STRICT
    """,
    'CREATE INDEX ix_setting_key ON setting ("key")',
    "CREATE UNIQUE INDEX ix_setting_ref ON setting (ref)",
    """
    CREATE TABLE step (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        label TEXT NOT NULL,
        at TEXT NOT NULL,
        member_id INTEGER,
        device TEXT NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        part_of INTEGER,
        undoes INTEGER,
        undone_by INTEGER
    ) STRICT
    """,
    "CREATE INDEX ix_step_part_of ON step (part_of) WHERE part_of IS NOT NULL",
    "CREATE INDEX ix_step_state ON step (state) WHERE state = 'open'",
    """
    CREATE TABLE vocabulary (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        "key" TEXT NOT NULL,
        version INTEGER NOT NULL,
        dated TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX ix_vocabulary_ref ON vocabulary (ref)",
    """
    CREATE TABLE person (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        prefix TEXT NOT NULL,
        given TEXT NOT NULL,
        middle TEXT NOT NULL,
        family TEXT NOT NULL,
        suffix TEXT NOT NULL,
        nickname TEXT NOT NULL,
        family_first INTEGER NOT NULL,
        organisation_id INTEGER,
        job_title TEXT NOT NULL,
        department TEXT NOT NULL,
        birthday TEXT NOT NULL,
        language TEXT NOT NULL,
        note TEXT NOT NULL,
        account_since TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(organisation_id) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX ix_person_organisation_id ON person (organisation_id) WHERE organisation_id IS NOT NULL",
    "CREATE UNIQUE INDEX ix_person_ref ON person (ref)",
    """
    CREATE TABLE contact_point (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        person_id INTEGER,
        organisation_id INTEGER,
        kind TEXT NOT NULL,
        label TEXT NOT NULL,
        value TEXT NOT NULL,
        match_key TEXT NOT NULL,
        street TEXT NOT NULL,
        postcode TEXT NOT NULL,
        town TEXT NOT NULL,
        region TEXT NOT NULL,
        country TEXT NOT NULL,
        preferred INTEGER NOT NULL,
        broken INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(organisation_id) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX ix_contact_point_match_key ON contact_point (match_key)",
    "CREATE INDEX ix_contact_point_organisation_id ON contact_point (organisation_id) WHERE organisation_id IS NOT NULL",
    "CREATE INDEX ix_contact_point_person_id ON contact_point (person_id) WHERE person_id IS NOT NULL",
    "CREATE UNIQUE INDEX ix_contact_point_ref ON contact_point (ref)",
    """
    CREATE TABLE lead (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        person_id INTEGER,
        organisation_id INTEGER,
        stage TEXT NOT NULL,
        stage_since TEXT NOT NULL,
        rank TEXT NOT NULL,
        owner_id INTEGER,
        source TEXT NOT NULL,
        line TEXT NOT NULL,
        event_id INTEGER,
        attempt INTEGER NOT NULL,
        amount_cents INTEGER,
        currency TEXT NOT NULL,
        supplier TEXT NOT NULL,
        exit TEXT NOT NULL,
        exit_reason TEXT NOT NULL,
        exit_note TEXT NOT NULL,
        wake_on TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(organisation_id) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(owner_id) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(event_id) REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX ix_lead_event_id ON lead (event_id) WHERE event_id IS NOT NULL",
    "CREATE INDEX ix_lead_organisation_id ON lead (organisation_id) WHERE organisation_id IS NOT NULL",
    "CREATE INDEX ix_lead_owner_id ON lead (owner_id) WHERE owner_id IS NOT NULL",
    "CREATE INDEX ix_lead_person_id ON lead (person_id) WHERE person_id IS NOT NULL",
    "CREATE UNIQUE INDEX ix_lead_ref ON lead (ref)",
    "CREATE INDEX ix_lead_stage ON lead (stage)",
    """
    CREATE TABLE consent (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        contact_point_id INTEGER,
        purpose TEXT NOT NULL,
        state TEXT NOT NULL,
        wording TEXT NOT NULL,
        at TEXT NOT NULL,
        place TEXT NOT NULL,
        evidence TEXT NOT NULL,
        member_id INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(contact_point_id) REFERENCES contact_point (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(member_id) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX ix_consent_contact_point_id ON consent (contact_point_id) WHERE contact_point_id IS NOT NULL",
    "CREATE INDEX ix_consent_member_id ON consent (member_id) WHERE member_id IS NOT NULL",
    "CREATE UNIQUE INDEX ix_consent_ref ON consent (ref)",
    """
    CREATE TABLE opportunity (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        name TEXT NOT NULL,
        organisation_id INTEGER,
        person_id INTEGER,
        lead_id INTEGER,
        stage TEXT NOT NULL,
        stage_since TEXT NOT NULL,
        deal_stage TEXT NOT NULL,
        rank TEXT NOT NULL,
        owner_id INTEGER,
        source TEXT NOT NULL,
        event_id INTEGER,
        amount_cents INTEGER,
        currency TEXT NOT NULL,
        probability INTEGER,
        probability_from TEXT NOT NULL,
        expected_close TEXT NOT NULL,
        supplier TEXT NOT NULL,
        terms TEXT NOT NULL,
        contract TEXT NOT NULL,
        exit TEXT NOT NULL,
        exit_reason TEXT NOT NULL,
        exit_note TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(organisation_id) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(lead_id) REFERENCES lead (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(owner_id) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(event_id) REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX ix_opportunity_event_id ON opportunity (event_id) WHERE event_id IS NOT NULL",
    "CREATE INDEX ix_opportunity_lead_id ON opportunity (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX ix_opportunity_organisation_id ON opportunity (organisation_id) WHERE organisation_id IS NOT NULL",
    "CREATE INDEX ix_opportunity_owner_id ON opportunity (owner_id) WHERE owner_id IS NOT NULL",
    "CREATE INDEX ix_opportunity_person_id ON opportunity (person_id) WHERE person_id IS NOT NULL",
    "CREATE UNIQUE INDEX ix_opportunity_ref ON opportunity (ref)",
    "CREATE INDEX ix_opportunity_stage ON opportunity (stage)",
    """
    CREATE TABLE activity (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        person_id INTEGER,
        organisation_id INTEGER,
        lead_id INTEGER,
        opportunity_id INTEGER,
        event_id INTEGER,
        kind TEXT NOT NULL,
        direction TEXT NOT NULL,
        at TEXT NOT NULL,
        subject TEXT NOT NULL,
        note TEXT NOT NULL,
        depth TEXT NOT NULL,
        amount_cents INTEGER,
        currency TEXT NOT NULL,
        member_id INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(organisation_id) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(lead_id) REFERENCES lead (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(event_id) REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(member_id) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX ix_activity_event_id ON activity (event_id) WHERE event_id IS NOT NULL",
    "CREATE INDEX ix_activity_lead_id ON activity (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX ix_activity_member_id ON activity (member_id) WHERE member_id IS NOT NULL",
    "CREATE INDEX ix_activity_opportunity_id ON activity (opportunity_id) WHERE opportunity_id IS NOT NULL",
    "CREATE INDEX ix_activity_organisation_id ON activity (organisation_id) WHERE organisation_id IS NOT NULL",
    "CREATE INDEX ix_activity_person_id ON activity (person_id) WHERE person_id IS NOT NULL",
    "CREATE UNIQUE INDEX ix_activity_ref ON activity (ref)",
    """
    CREATE TABLE answer (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        lead_id INTEGER,
        opportunity_id INTEGER,
        fact TEXT NOT NULL,
        value TEXT NOT NULL,
        note TEXT NOT NULL,
        amount_cents INTEGER,
        currency TEXT NOT NULL,
        by_date TEXT NOT NULL,
        buying_role TEXT NOT NULL,
        basis TEXT NOT NULL,
        at TEXT NOT NULL,
        member_id INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(lead_id) REFERENCES lead (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(member_id) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX ix_answer_lead_id ON answer (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX ix_answer_member_id ON answer (member_id) WHERE member_id IS NOT NULL",
    "CREATE INDEX ix_answer_opportunity_id ON answer (opportunity_id) WHERE opportunity_id IS NOT NULL",
    "CREATE UNIQUE INDEX ix_answer_ref ON answer (ref)",
    """
    CREATE TABLE buying_part (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        opportunity_id INTEGER,
        person_id INTEGER,
        role TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX ix_buying_part_opportunity_id ON buying_part (opportunity_id) WHERE opportunity_id IS NOT NULL",
    "CREATE INDEX ix_buying_part_person_id ON buying_part (person_id) WHERE person_id IS NOT NULL",
    "CREATE UNIQUE INDEX ix_buying_part_ref ON buying_part (ref)",
    """
    CREATE TABLE conversion (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        lead_id INTEGER,
        organisation_id INTEGER,
        person_id INTEGER,
        opportunity_id INTEGER,
        at TEXT NOT NULL,
        "before" TEXT NOT NULL,
        member_id INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(lead_id) REFERENCES lead (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(organisation_id) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(member_id) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX ix_conversion_lead_id ON conversion (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX ix_conversion_member_id ON conversion (member_id) WHERE member_id IS NOT NULL",
    "CREATE INDEX ix_conversion_opportunity_id ON conversion (opportunity_id) WHERE opportunity_id IS NOT NULL",
    "CREATE INDEX ix_conversion_organisation_id ON conversion (organisation_id) WHERE organisation_id IS NOT NULL",
    "CREATE INDEX ix_conversion_person_id ON conversion (person_id) WHERE person_id IS NOT NULL",
    "CREATE UNIQUE INDEX ix_conversion_ref ON conversion (ref)",
    """
    CREATE TABLE stage_move (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        lead_id INTEGER,
        opportunity_id INTEGER,
        kind TEXT NOT NULL,
        from_stage TEXT NOT NULL,
        to_stage TEXT NOT NULL,
        at TEXT NOT NULL,
        member_id INTEGER,
        door TEXT NOT NULL,
        reason TEXT NOT NULL,
        missing TEXT NOT NULL,
        facts TEXT NOT NULL,
        vocabulary TEXT NOT NULL,
        vocabulary_version INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(lead_id) REFERENCES lead (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(member_id) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX ix_stage_move_lead_id ON stage_move (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX ix_stage_move_member_id ON stage_move (member_id) WHERE member_id IS NOT NULL",
    "CREATE INDEX ix_stage_move_opportunity_id ON stage_move (opportunity_id) WHERE opportunity_id IS NOT NULL",
    "CREATE UNIQUE INDEX ix_stage_move_ref ON stage_move (ref)",
    "CREATE INDEX ix_stage_move_to_stage ON stage_move (to_stage)",
    """
    CREATE TABLE task (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        person_id INTEGER,
        organisation_id INTEGER,
        lead_id INTEGER,
        opportunity_id INTEGER,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        due_on TEXT NOT NULL,
        due_time TEXT NOT NULL,
        promise INTEGER NOT NULL,
        done_at TEXT NOT NULL,
        member_id INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(organisation_id) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(lead_id) REFERENCES lead (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(member_id) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX ix_task_lead_id ON task (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX ix_task_member_id ON task (member_id) WHERE member_id IS NOT NULL",
    "CREATE INDEX ix_task_opportunity_id ON task (opportunity_id) WHERE opportunity_id IS NOT NULL",
    "CREATE INDEX ix_task_organisation_id ON task (organisation_id) WHERE organisation_id IS NOT NULL",
    "CREATE INDEX ix_task_person_id ON task (person_id) WHERE person_id IS NOT NULL",
    "CREATE UNIQUE INDEX ix_task_ref ON task (ref)",
]


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    op.execute("INSERT INTO meta (one, undo_floor) VALUES (1, 0)")
