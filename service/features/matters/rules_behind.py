"""The rule of the house by which it was found who decides a matter, as its papers print it."""

from collections.abc import Sequence
from typing import Any

from service.core.command import Context
from service.features.documents.basis import Basis, BasisLevel
from service.features.matters.tables import Matter

_LAST = """
SELECT explanation FROM decision_evaluation
WHERE instance_id = $1 AND decision_key = $2 ORDER BY id DESC LIMIT 1
"""
#: What a row of a table is annotated with, where it is this office's own.
_INTERNAL = "默认值（内部规定）"


async def rule_behind(context: Context, matter: Matter) -> list[Basis]:
    """The row of the table of authority that counted last in the case, as one basis of a paper.

    A default of the house is printed as such, never as law. Nothing where no table was asked.
    """
    found = await context.connection.fetchval(_LAST, matter.instance_id, "authority")
    articles = dict.fromkeys(_articles(found or ()))
    return [_basis(article) for article in articles]


def _articles(explanation: Sequence[dict[str, Any]]) -> list[str]:
    return [
        rule["annotations"]["article"]
        for decision in explanation
        if decision["id"] == "authority"
        for table in decision["tables"]
        for rule in table["fired"]
        if rule["annotations"].get("article")
    ]


def _basis(article: str) -> Basis:
    if _INTERNAL in article or not article.startswith("《"):
        return Basis(level=BasisLevel.INTERNAL, title=article)
    return Basis(level=BasisLevel.CENTRAL, title=article)
