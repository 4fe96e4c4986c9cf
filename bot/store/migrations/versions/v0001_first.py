"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "buttons",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_buttons"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_buttons_at", "buttons", ["at"])
    op.create_index("ix_buttons_chat", "buttons", ["chat"])
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("user", sa.String(64), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("updated", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("channel", "user", name="uq_conversations_channel_user"),
    )
    op.create_index("ix_conversations_updated", "conversations", ["updated"])
    op.create_table(
        "invitations",
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_invitations"),
    )
    op.create_table(
        "leads",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("user", sa.String(64), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("email", sa.Text()),
        sa.Column("phone", sa.String(32)),
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.Column("company", sa.Text()),
        sa.Column("people", sa.Integer()),
        sa.Column("courses", sa.JSON(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("medium", sa.Text()),
        sa.Column("campaign", sa.Text()),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("consent_purpose", sa.Text(), nullable=False),
        sa.Column("consent_text", sa.Text(), nullable=False),
        sa.Column("consent_version", sa.Text(), nullable=False),
        sa.Column("consent_given", MOMENT, nullable=False),
        sa.Column("consent_withdrawn", MOMENT),
        sa.Column("owner", sa.Text()),
        sa.Column("flagged", sa.Text()),
        sa.Column("handed_over", sa.Boolean(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("updated", MOMENT, nullable=False),
        sa.Column("keep_until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_leads"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_leads_channel_user", "leads", ["channel", "user"])
    op.create_index("ix_leads_created", "leads", ["created"])
    op.create_index("ix_leads_email", "leads", ["email"])
    op.create_index("ix_leads_keep_until", "leads", ["keep_until"])
    op.create_index("ix_leads_owner", "leads", ["owner"])
    op.create_index("ix_leads_phone", "leads", ["phone"])
    op.create_index("ix_leads_status", "leads", ["status"])
    op.create_index(
        "uq_leads_open_person",
        "leads",
        ["channel", "user"],
        unique=True,
        sqlite_where=sa.column("open") == sa.true(),
        postgresql_where=sa.column("open") == sa.true(),
    )
    op.create_table(
        "questions",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("conversation", sa.String(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("intents", sa.JSON(), nullable=False),
        sa.Column("courses", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
    )
    op.create_index("ix_questions_at", "questions", ["at"])
    op.create_index("ix_questions_conversation", "questions", ["conversation"])
    op.create_table(
        "receipts",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
    )
    op.create_table(
        "staff",
        sa.Column("user", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("user", name="pk_staff"),
    )
    op.create_table(
        "updates",
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("update", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "update", name="pk_updates"),
    )
    op.create_index("ix_updates_at", "updates", ["at"])
    op.create_table(
        "lead_history",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("lead", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lead"], ["leads.id"], name="fk_lead_history_lead", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_lead_history"),
    )
    op.create_index("ix_lead_history_lead", "lead_history", ["lead"])
    op.create_table(
        "outbox",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("target", sa.String(64), nullable=False),
        sa.Column("key", sa.String(96), nullable=False),
        sa.Column("lead", ID),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("dead", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.ForeignKeyConstraint(["lead"], ["leads.id"], name="fk_outbox_lead", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_due", "outbox", ["sent_at", "dead", "next_at"])
    op.create_index("ix_outbox_lead", "outbox", ["lead"])


def downgrade() -> None:
    op.drop_table("outbox")
    op.drop_table("lead_history")
    op.drop_table("updates")
    op.drop_table("staff")
    op.drop_table("receipts")
    op.drop_table("questions")
    op.drop_table("leads")
    op.drop_table("invitations")
    op.drop_table("conversations")
    op.drop_table("buttons")
