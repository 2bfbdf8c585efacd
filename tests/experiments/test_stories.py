"""docs/stories.md tells what its runs say."""

from __future__ import annotations

import pytest

from experiments.stories import BLOCK, PAGE, Story, main
from sim.errors import BadInput


def test_the_page_is_what_the_command_gives(capsys: pytest.CaptureFixture[str]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    asked = [Story.parse(line) for line in BLOCK.findall(page)]
    assert len({story.regime for story in asked}) >= 3
    assert {story.language for story in asked} == {"en", "nl"}
    assert main([]) == 0
    assert capsys.readouterr().out == page


def test_words_that_lack_are_named() -> None:
    with pytest.raises(BadInput, match="region"):
        Story.parse("of=hub:1 regime=unicum")
