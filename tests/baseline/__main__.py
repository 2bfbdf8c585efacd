"""Renew the pinned numbers and print what moved: ``make baseline``."""

from __future__ import annotations

from tests.baseline.numbers import differences, measure, read, write


def main() -> None:
    """Measure, print every difference with the committed numbers, and write them."""
    moved = 0
    for name, new in measure().items():
        said = differences(name, read(name), new)
        write(name, new)
        moved += len(said)
        print(f"{name}: {len(new)} lines, {len(said)} differences")
        for sentence in said:
            print(f"  {sentence}")
    if moved:
        print("Say in CHANGELOG.md, under Results, what moved and why.")


if __name__ == "__main__":
    main()
