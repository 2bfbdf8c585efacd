"""A bundle of tables as one argument: what the compiler sees of a ``NamedTuple`` of tables.

Numba passes a named tuple by value: twenty arrays of seven words each at every call. As a
bundle it is one pointer, which makes kernels several times quicker to compile and to call.
Python sees an ordinary named tuple; only the compiled side differs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models, register_default
from numba.core.imputils import lower_getattr_generic
from numba.core.pythonapi import NativeValue, unbox
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.core.typing.typeof import typeof_impl

import agents.compiled.lookups  # noqa: F401  (tells the compiler how rows are looked up)
from agents.compiled.rows import Held, type_of, unboxed


class Member(NamedTuple):
    """A member of a bundle: its name and compiled type."""

    name: str
    kind: Any


class BundleType(types.Type):
    """The compiled type of a bundle: its members."""

    def __init__(self, members: tuple[Member, ...]) -> None:
        self.members = members
        # Types of tables have very long names, which end up in the name of every kernel.
        digest = hashlib.sha256(repr(members).encode()).hexdigest()[:12]
        super().__init__(name=f"Bundle({digest})")

    @property
    def key(self) -> Any:
        """What makes two bundle types equal."""
        return self.members

    def position(self, name: str) -> int:
        """Return the position of member ``name``, or -1."""
        return next((i for i, own in enumerate(self.members) if own.name == name), -1)


@register_default(BundleType)
class _BundleModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: BundleType) -> None:
        super().__init__(manager, kind, ir.IntType(8).as_pointer())


@infer_getattr
class _BundleAttributes(AttributeTemplate):
    key = BundleType

    def generic_resolve(self, kind: BundleType, name: str) -> Any:
        position = kind.position(name)
        return None if position < 0 else kind.members[position].kind


def _layout(context: Any, kind: BundleType) -> Any:
    return ir.LiteralStructType([context.get_value_type(member.kind) for member in kind.members])


@lower_getattr_generic(BundleType)
def _get_member(context: Any, builder: Any, kind: BundleType, value: Any, name: str) -> Any:
    place = builder.bitcast(value, _layout(context, kind).as_pointer())
    position = kind.position(name)
    return _load_fixed(builder, cgutils.gep_inbounds(builder, place, 0, position))


def _load_fixed(builder: Any, place: Any) -> Any:
    """Load what stands at ``place`` leaf by leaf, and tell the compiler that it never changes.

    Kernels make no arrays and put none in another's place: where an array lies and how long it is
    stays the same while they run, whatever they write into it.
    """
    whole = place.type.pointee
    if not isinstance(whole, (ir.LiteralStructType, ir.ArrayType)):
        value = builder.load(place)
        value.set_metadata("invariant.load", builder.module.add_metadata([]))
        return value
    made = ir.Constant(whole, ir.Undefined)
    for k in range(len(whole.elements) if isinstance(whole, ir.LiteralStructType) else whole.count):
        part = _load_fixed(builder, cgutils.gep_inbounds(builder, place, 0, k))
        made = builder.insert_value(made, part, k)
    return made


@unbox(BundleType)
def _unbox(kind: BundleType, value: Any, c: Any) -> NativeValue:
    # The room for the members is on the caller's stack: it outlives the kernel it calls.
    room = cgutils.alloca_once(c.builder, _layout(c.context, kind))
    failed = cgutils.alloca_once_value(c.builder, cgutils.false_bit)
    for position, member in enumerate(kind.members):
        item = c.pyapi.tuple_getitem(value, position)
        held = isinstance(member.kind, Held)
        native = unboxed(member.kind, item, c) if held else c.unbox(member.kind, item)
        c.builder.store(native.value, cgutils.gep_inbounds(c.builder, room, 0, position))
        c.builder.store(c.builder.or_(c.builder.load(failed), native.is_error), failed)
    pointer = c.builder.bitcast(room, ir.IntType(8).as_pointer())
    # Nothing that is read through it may be read before it was stored above.
    opaque = ir.FunctionType(pointer.type, [pointer.type])
    pointer = c.builder.asm(opaque, "", "=r,0,~{memory}", [pointer], True)
    return NativeValue(pointer, is_error=c.builder.load(failed))


def bundle(same: frozenset[str]) -> Callable[[type], type]:
    """Class decorator: let the compiler see instances of this ``NamedTuple`` as a bundle.

    ``same`` names members that are as long in every region, or have lines that are, whose length
    becomes part of the type: the compiler then needs no check that a row of it exists. Another
    length would be another type, and everything be compiled anew.
    """

    def decorate(kind: type) -> type:
        @typeof_impl.register(kind)
        def _typeof(value: Any, context: Any) -> BundleType:
            names = getattr(kind, "_fields")  # noqa: B009  (mypy knows no fields of a bare type)
            pairs = zip(names, value, strict=True)
            return BundleType(tuple(Member(name, type_of(t, name in same)) for name, t in pairs))

        return kind

    return decorate
