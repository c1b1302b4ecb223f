"""Run the steps on the connection that ``assistant.records.upgrading`` hands over, in its transaction."""

from alembic import context

from assistant.records.models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters a column only by a new table
)
with context.begin_transaction():
    context.run_migrations()
