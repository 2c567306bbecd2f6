"""Regular expressions as programs for the matcher of `patterns`."""

from dataclasses import dataclass, field
from enum import IntEnum

from .pattern_classes import CharacterClass
from .pattern_syntax import parse_pattern
from .pattern_tree import (
    Anchor,
    BackReference,
    Choice,
    Flags,
    Group,
    Literal,
    Node,
    OneOf,
    PatternError,
    Repeat,
    Sequence,
)

MOST_INSTRUCTIONS = 2_000
LONGEST_PATTERN = 2_000


class Op(IntEnum):
    """What an instruction does at a place of the text."""

    LITERAL = 0
    """One character, the argument."""
    ONE_OF = 1
    """One character of a class."""
    SPLIT = 2
    """First the next instruction, then the one at `other`."""
    SPLIT_LAZY = 3
    """First the one at `other`, then the next."""
    JUMP = 4
    SAVE = 5
    """The place is kept in a slot."""
    START = 6
    END = 7
    BACK = 8
    """The text of a group again."""
    PROGRESS = 9
    """Fails where nothing was matched since the slot was saved."""
    MATCH = 10


@dataclass(frozen=True, slots=True)
class Instruction:
    op: Op
    argument: str | CharacterClass | int = 0
    other: int = 0


@dataclass(slots=True)
class Program:
    """A compiled pattern.

    Attributes:
        code: Instructions; the first is where a match begins, the last is MATCH.
        groups: Number of captured groups; the slots 2n and 2n+1 hold the ends of group n.
        slots: Number of slots, with those that only watch for progress.
        refers_back: Whether groups are referred to, so that failures cannot be remembered.
        prefix: Characters that every match begins with.
        is_anchored: Whether a match can only begin at the start of the text.
    """

    flags: Flags
    groups: int
    slots: int
    code: list[Instruction] = field(default_factory=list)
    refers_back: bool = False
    prefix: str = ""
    is_anchored: bool = False


def compile_pattern(text: str, flags: Flags) -> Program:
    """Raises PatternError where the text is no pattern or too long a one."""
    if len(text) > LONGEST_PATTERN:
        raise PatternError(f"Expected a pattern of at most {LONGEST_PATTERN} characters.")
    tree, groups = parse_pattern(text, flags)
    program = Program(flags, groups, 2 * groups + 2)
    _emit(program, tree)
    _append(program, Instruction(Op.MATCH))
    _prepare_search(program)
    return program


def _append(program: Program, instruction: Instruction) -> int:
    if len(program.code) >= MOST_INSTRUCTIONS:
        raise PatternError(f"Expected a pattern of at most {MOST_INSTRUCTIONS} steps.")
    program.code.append(instruction)
    return len(program.code) - 1


def _emit(program: Program, node: Node) -> None:
    if isinstance(node, Literal):
        _append(program, Instruction(Op.LITERAL, node.character))
    elif isinstance(node, OneOf):
        _append(program, Instruction(Op.ONE_OF, node.characters))
    elif isinstance(node, Anchor):
        _append(program, Instruction(Op.START if node.is_start else Op.END))
    elif isinstance(node, BackReference):
        program.refers_back = True
        _append(program, Instruction(Op.BACK, node.group))
    elif isinstance(node, Sequence):
        for part in node.parts:
            _emit(program, part)
    elif isinstance(node, Choice):
        _emit_choice(program, node)
    elif isinstance(node, Group):
        _emit_group(program, node)
    else:
        _emit_repeat(program, node)


def _emit_group(program: Program, node: Group) -> None:
    if node.number:
        _append(program, Instruction(Op.SAVE, 2 * node.number))
    _emit(program, node.body)
    if node.number:
        _append(program, Instruction(Op.SAVE, 2 * node.number + 1))


def _emit_choice(program: Program, node: Choice) -> None:
    jumps: list[int] = []
    for branch in node.branches[:-1]:
        split = _append(program, Instruction(Op.SPLIT))
        _emit(program, branch)
        jumps.append(_append(program, Instruction(Op.JUMP)))
        program.code[split] = Instruction(Op.SPLIT, other=len(program.code))
    _emit(program, node.branches[-1])
    for jump in jumps:
        program.code[jump] = Instruction(Op.JUMP, other=len(program.code))


def _emit_repeat(program: Program, node: Repeat) -> None:
    for _ in range(node.least):
        before = len(program.code)
        _emit(program, node.body)
        if len(program.code) == before:
            return
    split = Op.SPLIT_LAZY if node.is_lazy else Op.SPLIT
    if node.most is None:
        _emit_loop(program, node.body, split)
        return
    splits: list[int] = []
    for _ in range(node.most - node.least):
        splits.append(_append(program, Instruction(split)))
        _emit(program, node.body)
    for place in splits:
        program.code[place] = Instruction(split, other=len(program.code))


def _emit_loop(program: Program, body: Node, split: Op) -> None:
    slot = program.slots
    program.slots += 1
    start = _append(program, Instruction(split))
    _append(program, Instruction(Op.SAVE, slot))
    _emit(program, body)
    _append(program, Instruction(Op.PROGRESS, slot))
    _append(program, Instruction(Op.JUMP, other=start))
    program.code[start] = Instruction(split, other=len(program.code))


def _prepare_search(program: Program) -> None:
    code = program.code
    program.is_anchored = code[0].op == Op.START and not program.flags.multiline
    prefix: list[str] = []
    for instruction in code:
        if instruction.op == Op.LITERAL:
            prefix.append(str(instruction.argument))
        elif instruction.op != Op.SAVE:
            break
    program.prefix = "".join(prefix)
