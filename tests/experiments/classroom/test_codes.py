from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pytest
from made_game import LEVERS, MadeLever, made_game

from experiments.classroom.game.codes import (
    ALPHABET,
    LENGTH,
    CodeRefused,
    Decided,
    checked,
    decode,
    encode,
    normal,
)
from experiments.classroom.game.table import positions, read_game

GAME = made_game()
EXAMPLES = Path(__file__).with_name("codes.json")


def any_decision(draw: random.Random) -> Decided:
    role = draw.choice(GAME.roles)
    levers = {
        name: draw.choice(positions(GAME.levers[name]))
        for name in role.levers
        if draw.random() < 0.7
    }
    return Decided(role.name, draw.randrange(len(GAME.rounds)), levers)


def made_examples() -> dict[str, object]:
    """Return the examples that TypeScript reads too: a game, decisions and their codes."""
    draw = random.Random(1)
    decisions = [any_decision(draw) for _ in range(60)]
    levers = [
        {"name": one.name, "kind": one.kind, "low": one.low, "high": one.high, "step": one.step,
         "choices": [{"value": value} for value in one.values]}
        for one in LEVERS
    ]  # fmt: skip
    return {
        "game": GAME.exported(),
        "levers": levers,
        "codes": [{"code": encode(GAME, *one), **one._asdict()} for one in decisions],
    }


def test_codes_are_those_of_the_examples_that_typescript_reads():
    assert json.loads(EXAMPLES.read_text(encoding="utf-8")) == json.loads(
        json.dumps(made_examples())
    )


@pytest.mark.parametrize("seed", range(40))
def test_what_is_encoded_is_read_again(seed: int):
    decided = any_decision(random.Random(seed))
    code = encode(GAME, *decided)
    assert len(code) == 14
    assert decode(GAME, code) == decided
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "iIlL"[seed % 4])
    assert decode(GAME, f"  {typed}\n") == decided


def refused(text: str) -> str:
    with pytest.raises(CodeRefused) as error:
        decode(GAME, text)
    return error.value.reason


@pytest.mark.parametrize("seed", range(5))
def test_every_mistyped_character_is_noticed(seed: int):
    word = normal(encode(GAME, *any_decision(random.Random(seed))))
    for place, other in itertools.product(range(LENGTH), ALPHABET):
        if other != word[place]:
            assert refused(word[:place] + other + word[place + 1 :]) == "code-check"


@pytest.mark.parametrize("seed", range(5))
def test_every_swap_and_every_two_mistakes_are_noticed(seed: int):
    word = list(normal(encode(GAME, *any_decision(random.Random(seed)))))
    for a, b in itertools.combinations(range(LENGTH), 2):
        swapped = word.copy()
        swapped[a], swapped[b] = word[b], word[a]
        if swapped != word:
            assert refused("".join(swapped)) == "code-check"
    draw = random.Random(seed)
    for _ in range(2000):
        wrong = word.copy()
        for place in draw.sample(range(LENGTH), 2):
            wrong[place] = draw.choice([c for c in ALPHABET if c != word[place]])
        assert refused("".join(wrong)) == "code-check"


def written(digits: list[int]) -> str:
    return "".join(ALPHABET[digit] for digit in checked(digits))


def test_codes_that_cannot_be_are_refused_each_for_its_reason():
    good = [ALPHABET.index(c) for c in normal(encode(GAME, "hub", 1, {"manager": 0.1}))][:-2]
    assert decode(GAME, written(good)).levers == {"manager": 0.1}
    assert refused("") == refused("1R68") == refused(written(good) + "0") == "code-length"
    assert refused("1R68-U00K-KR69") == refused("<script>") == "code-letter"
    assert refused("0" * 10_000_000) == "code-length"
    assert refused(written([2, *good[1:]])) == "code-format"
    assert refused(written([good[0], good[1] ^ 1, *good[2:]])) == "code-table"
    assert refused(written([*good[:3], 7, *good[4:]])) == "code-absurd"
    assert refused(written([*good[:4], 31, 31, *good[6:]])) == "code-absurd"


def test_a_code_of_another_table_is_refused():
    other = read_game(
        [MadeLever("norm", 4.0, 24.0, 0.4) if one.name == "norm" else one for one in LEVERS]
    )
    code = encode(other, "hub", 1, {"manager": 0.1})
    assert refused(code) == "code-table"


if __name__ == "__main__":
    text = json.dumps(made_examples(), indent=1, ensure_ascii=False)
    EXAMPLES.write_text(text + "\n", encoding="utf-8")
