"""Alembic's entry: migrations run on the connection `desk.store.upgrade` hands over, in one transaction."""

from alembic import context

from desk.store.rows import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
