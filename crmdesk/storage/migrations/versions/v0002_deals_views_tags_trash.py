"""Deals with stages of their own, saved views, tags, the trash, attempts that follow one another."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = [
    "ALTER TABLE person ADD COLUMN owner_id INTEGER REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED",
    "CREATE INDEX ix_person_owner_id ON person (owner_id) WHERE owner_id IS NOT NULL",
    "ALTER TABLE organisation ADD COLUMN owner_id INTEGER REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED",
    "CREATE INDEX ix_organisation_owner_id ON organisation (owner_id) WHERE owner_id IS NOT NULL",
    "ALTER TABLE organisation ADD COLUMN supplier TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE lead ADD COLUMN exit_on TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE lead ADD COLUMN previous_id INTEGER REFERENCES lead (id) DEFERRABLE INITIALLY DEFERRED",
    "CREATE INDEX ix_lead_previous_id ON lead (previous_id) WHERE previous_id IS NOT NULL",
    "ALTER TABLE lead ADD COLUMN no_step INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE opportunity ADD COLUMN wake_on TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE opportunity ADD COLUMN exit_on TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE opportunity ADD COLUMN deal_stage_since TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE opportunity ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE opportunity ADD COLUMN previous_id INTEGER REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED",
    "CREATE INDEX ix_opportunity_previous_id ON opportunity (previous_id) WHERE previous_id IS NOT NULL",
    "ALTER TABLE opportunity ADD COLUMN no_step INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX ix_task_due_on ON task (due_on, due_time, id) WHERE done_at = ''",
    "CREATE INDEX ix_task_promised ON task (due_on, due_time, id) WHERE done_at = '' AND promise = 1",
    "CREATE INDEX ix_task_done_at ON task (done_at) WHERE done_at != ''",
    "CREATE INDEX ix_lead_wake_on ON lead (wake_on) WHERE exit = 'not_now'",
    "CREATE INDEX ix_opportunity_deal_stage ON opportunity (deal_stage)",
    "CREATE INDEX ix_opportunity_wake_on ON opportunity (wake_on) WHERE exit = 'not_now'",
    "ALTER TABLE activity ADD COLUMN outcome TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE vocabulary ADD COLUMN changes TEXT NOT NULL DEFAULT '{}'",
    """
    CREATE TABLE deal_stage (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        "key" TEXT NOT NULL,
        text TEXT NOT NULL,
        position INTEGER NOT NULL,
        probability INTEGER,
        PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX ix_deal_stage_ref ON deal_stage (ref)",
    """
    CREATE TABLE saved_view (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        place TEXT NOT NULL,
        name TEXT NOT NULL,
        body TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX ix_saved_view_ref ON saved_view (ref)",
    """
    CREATE TABLE tag (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX ix_tag_ref ON tag (ref)",
    """
    CREATE TABLE tagging (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        tag_id INTEGER,
        person_id INTEGER,
        organisation_id INTEGER,
        lead_id INTEGER,
        opportunity_id INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(tag_id) REFERENCES tag (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(organisation_id) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(lead_id) REFERENCES lead (id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX ix_tagging_lead_id ON tagging (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX ix_tagging_opportunity_id ON tagging (opportunity_id) WHERE opportunity_id IS NOT NULL",
    "CREATE INDEX ix_tagging_organisation_id ON tagging (organisation_id) WHERE organisation_id IS NOT NULL",
    "CREATE INDEX ix_tagging_person_id ON tagging (person_id) WHERE person_id IS NOT NULL",
    "CREATE UNIQUE INDEX ix_tagging_ref ON tagging (ref)",
    "CREATE INDEX ix_tagging_tag_id ON tagging (tag_id) WHERE tag_id IS NOT NULL",
    """
    CREATE TABLE removal (
        id INTEGER NOT NULL,
        ref TEXT NOT NULL,
        created_at TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        removed TEXT NOT NULL,
        at TEXT NOT NULL,
        body TEXT NOT NULL,
        member_id INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(member_id) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX ix_removal_member_id ON removal (member_id) WHERE member_id IS NOT NULL",
    "CREATE UNIQUE INDEX ix_removal_ref ON removal (ref)",
]


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
