"""The 31 bodies of the sample city and their numbers, as two tables to be read by eye."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from service.features.bodies.codes import Funding, InstClass, Rank, SystemCategory
from service.features.quota.codes import QuotaKind

ACCOUNTS: Final = (
    (QuotaKind.ADMIN, Funding.FULL),
    (QuotaKind.POLITICAL_LEGAL, Funding.FULL),
    (QuotaKind.INSTITUTION, Funding.FULL),
    (QuotaKind.INSTITUTION, Funding.PARTIAL),
    (QuotaKind.INSTITUTION, Funding.SELF),
    (QuotaKind.SUPPORT, Funding.FULL),
)
"""The order of the six numbers below."""

# no, approved name, short name, competent or parent body, system, rank, class, set up in,
# title of the chief
_BODIES: Final = """
01 中共青澜市纪律检查委员会机关（监察委员会机关） 市纪委监委 - DISC 正科 - 1988 书记
02 中共青澜市委办公室 市委办 - PARTY 正科 - 1988 主任
03 中共青澜市委组织部 市委组织部 - PARTY 正科 - 1988 部长
04 中共青澜市委机构编制委员会办公室 市委编办 03 PARTY 正科 - 1993 主任
05 青澜市人大常委会机关 市人大机关 - NPC 正科 - 1988 主任
06 政协青澜市委员会机关 市政协机关 - CPPCC 正科 - 1988 秘书长
07 青澜市人民法院 市法院 - COURT 正科 - 1988 院长
08 青澜市人民检察院 市检察院 - PROC 正科 - 1988 检察长
09 青澜市人民政府办公室 市政府办 - GOV 正科 - 1988 主任
10 青澜市发展和改革局 市发改局 - GOV 正科 - 1988 局长
11 青澜市教育局 市教育局 - GOV 正科 - 1988 局长
12 青澜市公安局 市公安局 - GOV 正科 - 1988 局长
13 青澜市财政局 市财政局 - GOV 正科 - 1988 局长
14 青澜市人力资源和社会保障局 市人社局 - GOV 正科 - 1988 局长
15 青澜市住房和城乡建设局 市住建局 - GOV 正科 - 1988 局长
16 青澜市农业农村局 市农业农村局 - GOV 正科 - 1988 局长
17 青澜市卫生健康局 市卫健局 - GOV 正科 - 1988 局长
18 青澜市市场监督管理局 市市场监管局 - GOV 正科 - 1988 局长
19 青澜市审计局 市审计局 - GOV 正科 - 1988 局长
20 青澜市总工会 市总工会 - MASS 正科 - 1988 主席
21 共青团青澜市委员会 团市委 - MASS 正科 - 1988 书记
22 青澜市政务服务中心 市政务中心 09 PUBLIC_INSTITUTION 副科 公益一类 2003 主任
23 青澜市社会保险中心（参公） 市社保中心 14 PUBLIC_INSTITUTION 副科 公益一类 1996 主任
24 青澜市第一实验中学 市一实中 11 PUBLIC_INSTITUTION 未定级 公益一类 1988 校长
25 青澜市人民医院 市人民医院 17 PUBLIC_INSTITUTION 未定级 公益二类 1988 院长
26 青澜市融媒体中心 市融媒体中心 02 PUBLIC_INSTITUTION 正科 公益二类 2019 主任
27 青澜市农业技术推广中心 市农技中心 16 PUBLIC_INSTITUTION 正股 公益一类 1988 主任
28 青澜市园林绿化所 市园林所 15 PUBLIC_INSTITUTION 正股 公益二类 1990 所长
29 青澜市澜水镇 澜水镇 - TOWN 正科 - 1988 镇长
30 青澜市青岭街道 青岭街道 - SUBDISTRICT 正科 - 2001 主任
31 青澜市水产技术推广站 市水产站 16 PUBLIC_INSTITUTION 正股 公益一类 1988 站长
"""

# no, quotas authorised, actual (both in the order of ACCOUNTS), leaders authorised, actual,
# mid-level authorised, actual (all chief/deputy), non-quota ceiling/actual
_NUMBERS: Final = """
01 62/0/0/0/0/2    60/0/0/0/0/2    1/4 1/4 14/8  14/7  3/3
02 32/0/0/0/0/3    30/0/0/0/0/3    1/4 1/4 9/3   9/3   2/2
03 30/0/0/0/0/1    29/0/0/0/0/1    1/5 1/5 9/2   9/2   1/1
04 11/0/0/0/0/0    10/0/0/0/0/0    1/3 1/3 5/0   5/0   0/0
05 21/0/0/0/0/2    20/0/0/0/0/2    1/5 1/5 7/1   7/1   0/0
06 18/0/0/0/0/2    18/0/0/0/0/1    1/4 1/4 6/1   6/1   0/0
07 0/68/0/0/0/4    0/66/0/0/0/4    1/4 1/4 8/6   8/6   40/38
08 0/42/0/0/0/3    0/41/0/0/0/3    1/3 1/3 6/4   6/4   22/21
09 34/0/0/0/0/4    34/0/0/0/0/4    1/5 1/5 10/3  10/3  4/4
10 26/0/0/0/0/1    23/0/0/0/0/1    1/4 1/4 8/1   8/1   1/1
11 24/0/0/0/0/1    23/0/0/0/0/1    1/4 1/4 8/1   8/1   2/2
12 0/286/0/0/0/6   0/281/0/0/0/6   1/6 1/6 22/20 22/20 180/192
13 36/0/0/0/0/1    35/0/0/0/0/1    1/4 1/5 11/2  11/2  2/2
14 28/0/0/0/0/1    27/0/0/0/0/1    1/4 1/4 9/1   9/1   3/3
15 25/0/0/0/0/1    26/0/0/0/0/1    1/4 1/4 8/1   8/1   6/6
16 30/0/0/0/0/2    29/0/0/0/0/2    1/5 1/5 10/1  10/1  2/2
17 24/0/0/0/0/1    24/0/0/0/0/1    1/4 1/4 8/1   8/1   2/1
18 118/0/0/0/0/4   112/0/0/0/0/4   1/5 1/5 20/12 20/11 10/10
19 19/0/0/0/0/1    17/0/0/0/0/1    1/3 1/3 6/0   6/0   0/0
20 8/0/0/0/0/1     8/0/0/0/0/1     1/2 1/2 3/0   3/0   5/5
21 6/0/0/0/0/0     5/0/0/0/0/0     1/2 1/2 2/0   2/0   1/1
22 0/0/22/0/0/0    0/0/21/0/0/0    1/2 1/2 4/0   4/0   18/18
23 0/0/46/0/0/1    0/0/45/0/0/1    1/3 1/3 8/0   8/0   0/0
24 0/0/214/0/0/0   0/0/209/0/0/0   1/4 1/4 8/8   8/8   26/26
25 0/0/0/620/0/0   0/0/0/604/0/0   1/5 1/5 30/30 30/29 400/455
26 0/0/0/58/0/0    0/0/0/55/0/0    1/3 1/3 7/0   7/0   12/12
27 0/0/28/0/0/2    0/0/27/0/0/2    1/1 1/1 3/0   3/0   0/0
28 0/0/0/0/24/0    0/0/0/0/24/0    1/1 1/1 2/0   2/0   30/29
29 38/0/32/0/0/1   36/0/32/0/0/1   1/8 1/8 7/0   7/0   8/8
30 30/0/28/0/0/1   29/0/27/0/0/1   1/7 1/7 7/0   7/0   9/9
31 0/0/12/0/0/0    0/0/11/0/0/0    1/1 1/1 2/0   2/0   0/0
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One body of the two tables. Pairs are (chief, deputy), the last (ceiling, actual)."""

    no: str
    full_name: str
    short_name: str
    above: str | None
    system: SystemCategory
    rank: Rank
    inst_class: InstClass | None
    setup_date: date
    chief_title: str
    authorised: tuple[int, ...]
    actual: tuple[int, ...]
    leaders: tuple[int, int]
    leaders_actual: tuple[int, int]
    midlevel: tuple[int, int]
    midlevel_actual: tuple[int, int]
    nonquota: tuple[int, int]


def rows() -> Iterator[Row]:
    """Yield the bodies in the order of their numbers."""
    bodies, numbers = _BODIES.split("\n")[1:-1], _NUMBERS.split("\n")[1:-1]
    ranks = {rank.zh: rank for rank in Rank}
    inst_classes = {inst_class.zh: inst_class for inst_class in InstClass}
    for body_line, number_line in zip(bodies, numbers, strict=True):
        no, name, short, above, system, rank, inst_class, year, title = body_line.split()
        same_no, authorised, actual, *pairs = number_line.split()
        if no != same_no:
            raise ValueError(f"Expected the numbers of body {no}, but found those of {same_no}.")
        yield Row(
            no,
            name,
            short,
            None if above == "-" else above,
            SystemCategory(system),
            ranks[rank],
            inst_classes.get(inst_class),
            date(int(year), 7, 1),
            title,
            tuple(map(int, authorised.split("/"))),
            tuple(map(int, actual.split("/"))),
            *map(_pair, pairs),
        )


def _pair(text: str) -> tuple[int, int]:
    first, second = text.split("/")
    return int(first), int(second)
