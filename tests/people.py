"""The three people whom every API test knows, and what they are to the body under test.

- `MAY`: holds the duty, over the whole city.
- `MAY_READ`: belongs to the body; sees it, changes nothing of the ledger.
- `NEVER`: belongs to another body; to this person ours must look as if it did not exist.
"""

from service.core.auth.actor import Caller

MAY = "officer"
MAY_READ = "member"
NEVER = "stranger"

CALLERS = {name: Caller(subject=name, language="en") for name in (MAY, MAY_READ, NEVER)}
