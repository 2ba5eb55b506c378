"""What the list of the fair says, as a person reads resources/sample/fair_list.csv."""

from __future__ import annotations

from typing import Any

EVENT = "Spring Fair 2026"
FIRST, SECOND = "2026-04-21", "2026-04-22"


def _row(name: str, firm: str, *channels: str, talks: tuple[tuple[str, str], ...], agreed: str = "") -> dict[str, Any]:
    return {"name": name, "firm": firm, "channels": channels, "talks": talks, "agreed": agreed}


ON_THE_LIST = [
    _row(
        "Birgit Hansen", "Hansen Antriebstechnik GmbH", "b.hansen@hansen-antriebe.example", "0461 5550 112",
        talks=((FIRST, "deep"), (SECOND, "card")), agreed="given",
    ),
    _row(
        "Nguyễn Thu Hà", "Công ty TNHH Cơ khí An Phát", "ha.nguyen@anphat.example", "+84 24 5550 1177",
        talks=((FIRST, "short"),), agreed="given",
    ),
    _row(
        "Daniel Okafor", "Okafor Tooling Ltd", "d.okafor@okafor-tooling.example", "+44 1632 960 118",
        talks=((FIRST, "card"),), agreed="declined",
    ),
    _row(
        "吳 佳蓉", "佳鴻精密股份有限公司", "jr.wu@jiahong.example", "+886 4 5550 1180", talks=((FIRST, "deep"),)
    ),
    _row(
        "Ute Brüggemann", "Brüggemann & Söhne KG", "ute@brueggemann-soehne.example", "0171 5550119",
        talks=((SECOND, "short"),), agreed="given",
    ),
    _row(
        "Piotr Kowalczyk", "Kowalczyk Formy Sp. z o.o.", "piotr@kowalczyk-formy.example", "+48 22 555 01 20",
        talks=((SECOND, "card"),),
    ),
    _row(
        "Katrin Bauer", "Bauer Maschinenbau GmbH", "k.bauer@bauer-mb.example", talks=((SECOND, "deep"),), agreed="given"
    ),
    _row(
        "Trần Văn Đức", "Sao Mai Fixtures JSC", "duc.tran@saomai.example", "+84 28 5550 1121",
        talks=((SECOND, "short"),),
    ),
    _row("0171 5550 122", "", "0171 5550 122", talks=((SECOND, "card"),)),
    _row(
        "Ayşe Yıldırım", "Yıldırım Makina", "ayse@yildirim-makina.example", "+90 212 555 01 23",
        talks=((SECOND, "short"),), agreed="declined",
    ),
    _row("SF26-00422", "", talks=()),
    _row(
        "Maeve O'Brien", "Claddagh Castings Ltd", "maeve@claddagh.example", "+353 1 555 0124",
        talks=((SECOND, "deep"),), agreed="given",
    ),
]  # fmt: skip
