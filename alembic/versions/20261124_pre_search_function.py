"""Text search needs the pairs of characters of a text."""

from collections.abc import Sequence

from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    # A text of one character is its own pair, so that it can be found by that character. The
    # cost, some 15 µs, is stated so that no plan computes the pairs of every row of a table
    # where an index holds them.
    op.execute(
        """
        CREATE FUNCTION bigrams(content text) RETURNS text[]
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 AS $$
            SELECT coalesce(array_agg(DISTINCT substr(lower(content), place, 2)), '{}')
            FROM generate_series(1, greatest(length(content) - 1, 1)) AS place
        $$
        """
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION bigrams(text)")
