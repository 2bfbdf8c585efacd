"""Codes: whole numbers with a name each, plain integers to the compiler.

Numba's own support of ``IntEnum`` gives every member a type of its own, which ``max``, unions of
branches and tuples do not take. Here a member is an int64 constant in compiled code, so that
a kernel reads ``Stage.DRIVER`` and computes with 2.
"""

from __future__ import annotations

import functools
from enum import EnumMeta, IntEnum
from typing import Any

import numba
from numba.core import types
from numba.core.datamodel import models, register_default
from numba.core.imputils import lower_constant, lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.core.typing.typeof import typeof_impl


class _CodeMeta(EnumMeta):
    """The class of classes of codes: what the compiler knows them by."""


class Code(IntEnum, metaclass=_CodeMeta):
    """Base of every class of codes: ``NAME = auto()`` a line, counted from 0, never reordered.

    Numbers are in tables and files: members are only ever appended.
    """

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[Any]) -> int:
        return count

    @property
    def word(self) -> str:
        """The code as files and reports write it: ``Origin.HEALTH_CENTRE`` is health-centre."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the words of all members, each at the position that is its code."""
        return _words_of(cls)

    @classmethod
    def of(cls, word: str) -> int:
        """Return the code with this word.

        Raises:
            ValueError: there is none.
        """
        return cls.words().index(word)


@functools.cache
def _words_of(codes: type[Code]) -> tuple[str, ...]:
    return tuple(code.word for code in codes)


class _Codes(types.Opaque):
    """The compiled type of a class of codes."""

    def __init__(self, codes: type[Code]) -> None:
        self.codes = codes
        super().__init__(f"Codes({codes.__module__}.{codes.__qualname__})")


register_default(_Codes)(models.OpaqueModel)


@typeof_impl.register(_CodeMeta)
def _typeof_codes(value: type[Code], context: Any) -> _Codes:
    return _Codes(value)


@typeof_impl.register(Code)
def _typeof_code(value: Code, context: Any) -> Any:
    return numba.types.int64


@infer_getattr
class _CodesAttributes(AttributeTemplate):
    key = _Codes

    def generic_resolve(self, kind: _Codes, name: str) -> Any:
        return numba.types.int64 if name in kind.codes.__members__ else None


@lower_constant(_Codes)
def _constant(context: Any, builder: Any, kind: _Codes, value: Any) -> Any:
    return context.get_dummy_value()


@lower_getattr_generic(_Codes)
def _get_code(context: Any, builder: Any, kind: _Codes, value: Any, name: str) -> Any:
    return context.get_constant(numba.types.int64, int(kind.codes[name]))
