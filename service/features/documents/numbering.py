"""Numbers without gaps per series and year (I15)."""

from service.core.command import Context


async def next_number(context: Context, series: str, year: int) -> int:
    """The next number of a series, taken under its lock and given back by a roll-back.

    The lock is held until the transaction ends: take it last.
    """
    number: int = await context.connection.fetchval(
        """INSERT INTO number_series (series, year, last) VALUES ($1, $2, 1)
           ON CONFLICT (series, year) DO UPDATE SET last = number_series.last + 1
           RETURNING last""",
        series,
        year,
    )
    return number
