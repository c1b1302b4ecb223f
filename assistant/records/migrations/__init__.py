"""The database's shape, step by step, for Alembic; shipped in the package."""
