"""Who serves which municipalities: areas of ROS and external parties that a region gives."""

from __future__ import annotations

from sim.errors import BadInput, nearest
from sim.place.description import FILE
from sim.place.mistakes import ManyWrong
from sim.place.region import Area, Municipality
from sim.place.sheet import Sheet


def areas_of(sheet: Sheet, found: list[Municipality]) -> tuple[Area, ...]:
    """Return the areas that ``region.toml`` gives; of a kind that it gives none there are none.

    Raises:
        BadInput: an area names what is no municipality, a name or a municipality stands twice in
            areas of one kind, or a municipality is in none of them; all mistakes at once.
    """
    wrong: list[BadInput] = []
    areas = [_area(sheet, k, wrong) for k in range(len(sheet.text.areas))]
    for kind in dict.fromkeys(area.kind for area in areas):
        mine = [(k, area) for k, area in enumerate(areas) if area.kind == kind]
        _check_kind(sheet, kind, mine, found, wrong)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise ManyWrong(sheet.folder / FILE, wrong)
    return tuple(areas)


def _area(sheet: Sheet, k: int, wrong: list[BadInput]) -> Area:
    """Return area ``k`` with the positions of its municipalities, ascending."""
    said = sheet.text.areas[k]
    rows: set[int] = set()
    for n, code in enumerate(said.municipalities):
        key = sheet.key(f"areas.{k}.municipalities.{n}")
        if code not in sheet.codes:
            wrong.append(
                BadInput(
                    key,
                    f"unknown municipality {code!r}",
                    allowed="a code of municipalities.csv",
                    nearest=nearest(code, sheet.codes),
                )
            )
        elif sheet.codes[code] in rows:
            wrong.append(BadInput(key, f"{code!r} appears twice", allowed="each code once"))
        else:
            rows.add(sheet.codes[code])
    return Area(said.kind, said.name, tuple(sorted(rows)), said.source)


def _check_kind(
    sheet: Sheet,
    kind: str,
    mine: list[tuple[int, Area]],
    found: list[Municipality],
    wrong: list[BadInput],
) -> None:
    """Add what is wrong with the areas of one kind taken together."""
    names: set[str] = set()
    held: dict[int, str] = {}
    for k, area in mine:
        if area.name in names:
            wrong.append(
                BadInput(
                    sheet.key(f"areas.{k}.name"),
                    f"{area.name!r} is the name of another area of kind {kind!r}",
                    allowed="each name once a kind",
                )
            )
        names.add(area.name)
        for m in area.municipalities:
            if m in held:
                wrong.append(
                    BadInput(
                        sheet.key(f"areas.{k}.municipalities"),
                        f"{found[m].code} is in the area of {held[m]!r}, of kind {kind!r} too",
                        allowed="each municipality in one area a kind",
                    )
                )
            held.setdefault(m, area.name)
    lacking = [place.code for m, place in enumerate(found) if m not in held]
    if lacking:
        shown = ", ".join(lacking[:5]) + (", ..." if len(lacking) > 5 else "")
        wrong.append(
            BadInput(
                sheet.key("areas"),
                f"no area of kind {kind!r} has {shown}",
                allowed="every municipality in an area, or no area of that kind",
            )
        )
