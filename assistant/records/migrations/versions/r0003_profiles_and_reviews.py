"""Profiles, the owner of a case, what people say of an answer, and the mentors' reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MADE = (
    "feedback",
    "commitment",
    "queue_item",
    "queue_label",
    "review",
    "correction",
    "settlement",
    "comment",
    "read_mark",
    "approval",
)


def upgrade() -> None:
    """Make the tables, the ones that others refer to first."""
    _make_profile()
    _make_responses()
    _make_queue()
    _make_reviews()
    _make_talk()
    _make_approval()


def downgrade() -> None:
    """Drop the tables and the owner of a case."""
    for name in reversed(MADE):
        op.drop_table(name)
    with op.batch_alter_table("conversation") as batch:
        batch.drop_constraint("fk_conversation_owner_id", type_="foreignkey")
        batch.drop_column("owner_id")
    op.drop_table("profile")


def _make_profile() -> None:
    op.create_table(
        "profile",
        sa.Column("id", sa.Text(), nullable=False),
        _text("name"),
        _text("role"),
        sa.Column("school", sa.Text()),
        _moment("created_at"),
        _moment("retired_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_profile"),
    )
    with op.batch_alter_table("conversation") as batch:
        batch.add_column(sa.Column("owner_id", sa.Text()))
        batch.create_foreign_key("fk_conversation_owner_id", "profile", ["owner_id"], ["id"])


def _make_responses() -> None:
    op.create_table(
        "feedback",
        *_key("feedback"),
        *_part_of("feedback", "answer", sa.Text()),
        *_by("feedback", "profile_id"),
        _text("thumb"),
        sa.Column("reasons", sa.JSON(), nullable=False),
        _text("note"),
        _moment("at"),
    )
    op.create_index("ix_feedback_answer_id", "feedback", ["answer_id"])
    op.create_table(
        "commitment",
        *_key("commitment"),
        *_part_of("commitment", "answer", sa.Text()),
        *_by("commitment", "profile_id"),
        _text("text"),
        _moment("at"),
    )
    op.create_index("ix_commitment_answer_id", "commitment", ["answer_id"])


def _make_queue() -> None:
    op.create_table(
        "queue_item",
        *_key("queue_item"),
        *_part_of("queue_item", "answer", sa.Text()),
        *_by("queue_item", "asker_id"),
        _moment("sent_at"),
        _text("note"),
        _text("stage"),
        sa.Column("thumbs_down", sa.Boolean(), nullable=False),
        sa.Column("is_problem", sa.Boolean(), nullable=False),
        *_by("queue_item", "held_by_id"),
        _moment("held_until", nullable=True),
        _moment("touched_at", nullable=True),
        sa.UniqueConstraint("answer_id", name="uq_queue_item_answer_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_queue_item_stage", "queue_item", ["stage", "sent_at"])
    op.create_table(
        "queue_label",
        sa.Column("item_id", sa.Integer(), nullable=False),
        _text("kind"),
        _text("value"),
        _reference("queue_label", "item_id", "queue_item", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", "kind", "value", name="pk_queue_label"),
    )
    op.create_index("ix_queue_label_kind", "queue_label", ["kind", "value"])


def _make_reviews() -> None:
    op.create_table(
        "review",
        *_key("review"),
        *_part_of("review", "queue_item", sa.Integer(), "item_id"),
        *_by("review", "reviewer_id", nullable=False),
        sa.Column("ordinal", sa.Integer()),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("active_seconds", sa.Integer(), nullable=False),
        _moment("started_at"),
        _moment("saved_at"),
        _moment("finished_at", nullable=True),
        _moment("superseded_at", nullable=True),
    )
    op.create_index("ix_review_item_id", "review", ["item_id"])
    op.create_table(
        "correction",
        *_key("correction"),
        *_part_of("correction", "review", sa.Integer()),
        _text("text"),
        _moment("at"),
    )
    op.create_index("ix_correction_review_id", "correction", ["review_id"])
    op.create_table(
        "settlement",
        *_key("settlement"),
        *_part_of("settlement", "queue_item", sa.Integer(), "item_id"),
        *_by("settlement", "profile_id", nullable=False),
        _text("kind"),
        sa.Column("verdict", sa.Text()),
        _text("note"),
        _moment("at"),
    )
    op.create_index("ix_settlement_item_id", "settlement", ["item_id"])


def _make_talk() -> None:
    op.create_table(
        "comment",
        *_key("comment"),
        *_part_of("comment", "queue_item", sa.Integer(), "item_id"),
        *_by("comment", "author_id", nullable=False),
        _text("text"),
        _moment("at"),
    )
    op.create_index("ix_comment_item_id", "comment", ["item_id"])
    op.create_table(
        "read_mark",
        *_by("read_mark", "profile_id", nullable=False),
        *_part_of("read_mark", "queue_item", sa.Integer(), "item_id"),
        _moment("read_at"),
        sa.PrimaryKeyConstraint("profile_id", "item_id", name="pk_read_mark"),
    )


def _make_approval() -> None:
    op.create_table(
        "approval",
        *_key("approval"),
        *_part_of("approval", "queue_item", sa.Integer(), "item_id"),
        *_part_of("approval", "answer", sa.Text()),
        _text("verdict"),
        sa.Column("text", sa.Text()),
        sa.Column("reviewers", sa.JSON(), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        _text("subject"),
        _text("intent"),
        _moment("at"),
        _moment("withdrawn_at", nullable=True),
    )
    for column in ("item_id", "answer_id", "subject"):
        op.create_index(f"ix_approval_{column}", "approval", [column])


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table: str) -> tuple:
    return sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _part_of(table: str, target: str, kind: sa.types.TypeEngine, name: str | None = None) -> tuple:
    column = name or f"{target}_id"
    return sa.Column(column, kind, nullable=False), _reference(table, column, target, ondelete="CASCADE")


def _by(table: str, name: str, *, nullable: bool = True) -> tuple:
    return sa.Column(name, sa.Text(), nullable=nullable), _reference(table, name, "profile")


def _reference(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}", ondelete=ondelete)
