"""What a kernel works on, as one block of memory for a machine of 32 or 64 bits.

Everything lies in it: tables, where each is, seeds, room for results. Addresses are
whole from the start, because both machines can be told where the block has to lie.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from agents.compiled.columns import ColumnTable
from agents.compiled.record import FloatArray
from experiments.runs.fingerprint import recording_of
from sim.engines.compiled import batch_of, fresh
from sim.measure.outcomes import NAMES
from sim.scratch import Scratch
from sim.tables import Tables

BASE = 64 << 20
"""Address of the block: above program and stack."""


class Part(NamedTuple):
    """A stretch of memory: its address and its size in bytes."""

    address: int
    size: int


class Image:
    """A block of memory that grows."""

    def __init__(self) -> None:
        self.data = bytearray()

    def put(self, content: bytes) -> Part:
        """Add bytes, at a multiple of 64, and return where they lie."""
        self.data += bytes(-len(self.data) % 64)
        part = Part(BASE + len(self.data), len(content))
        self.data += content
        return part

    def bundle(self, tables: Tables | Scratch) -> int:
        """Add tables, and of each its address and counts; return where those are."""
        heads = b""
        for array in tables:
            if isinstance(array, Scratch):
                # A bundle in a bundle is a pointer to it.
                heads += self.bundle(array).to_bytes(8, "little")
                continue
            heads += self.put(array.tobytes()).address.to_bytes(8, "little")
            counts = [len(array)] if isinstance(array, ColumnTable) else array.shape
            heads += np.array(counts, "<i8").tobytes()
        return self.put(heads).address


class Call(NamedTuple):
    """A call of the kernel: memory, arguments, and where its results will lie.

    Each argument is a kind, ``p`` for an address and ``i`` for a whole number, and a value.
    """

    memory: bytes
    arguments: list[tuple[str, int]]
    returned: Part
    series: Part
    shape: tuple[int, ...]


def call_of(start: Tables, seeds: list[int]) -> Call:
    """Return the call that runs once per seed from these starting tables."""
    recording = recording_of(start)
    scopes, quarters = 1 + len(start.municipalities), recording.last + 1
    shape = (len(seeds), quarters, scopes, len(NAMES))
    image = Image()
    returned, raised = image.put(bytes(8)), image.put(bytes(64))
    pairs = np.array([(seed, seed) for seed in seeds], np.int64)
    plan = batch_of(0, recording.last)
    rows = np.zeros(len(start.practices), np.int64)
    blank = Tables(*(np.zeros_like(t) if name in ("ledger", "events") else t
                     for name, t in zip(Tables._fields, fresh(start), strict=True)))  # fmt: skip
    arguments = [("p", returned.address), ("p", raised.address)]
    arguments += [("p", image.bundle(blank)), ("p", image.bundle(start))]
    series = Part(0, 0)
    for array in (pairs, plan, rows, np.zeros(shape)):
        series = image.put(array.tobytes())
        arguments += [("p", 0), ("p", 0), ("i", array.size), ("i", array.itemsize)]
        arguments += [("p", series.address)]
        arguments += [("i", n) for n in (*array.shape, *array.strides)]
    return Call(bytes(image.data), arguments, returned, series, shape)


def series_of(memory: bytes, call: Call) -> FloatArray:
    """Return what the kernel measured, of the memory that it left behind.

    Raises:
        RuntimeError: the kernel stopped on the way.
    """
    at = call.returned.address - BASE
    if int.from_bytes(memory[at : at + 8], "little", signed=True) != -1:
        raise RuntimeError("a run failed on the other machine")
    first = call.series.address - BASE
    found = np.frombuffer(memory, "<f8", math.prod(call.shape), first)
    return found.reshape(call.shape)
