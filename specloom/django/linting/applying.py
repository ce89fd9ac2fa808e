"""Applies edits to the tree of a file. What no edit is about stays as it is, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from .commas import put
from .edits import AddArgument, AddDecorator, AddReturn, Edit, RaiseDecorators
from .importing import with_imports

_Definition = TypeVar("_Definition", cst.FunctionDef, cst.ClassDef)


def applied(content: bytes, edits: Iterable[Edit]) -> bytes:
    """The text of a file with all edits. Two edits of one kind at one place count once.

    Raises ``ValueError`` where the result would be no Python.
    """
    once = {(type(edit), _key(edit.at), getattr(edit, "keyword", "")): edit for edit in edits}
    wrapper = MetadataWrapper(cst.parse_module(content), unsafe_skip_copy=True)
    changed = wrapper.visit(_Applier(tuple(once.values())))
    result = with_imports(changed, [need for edit in once.values() for need in edit.needs]).bytes
    try:
        compile(result, "<fixed>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"the result would be no Python: {error}") from None
    return result


class _Applier(cst.CSTTransformer):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, edits: Sequence[Edit]) -> None:
        super().__init__()
        self._edits: dict[tuple[int, int, int, int], list[Edit]] = {}
        for edit in edits:
            self._edits.setdefault(_key(edit.at), []).append(edit)

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:  # noqa: N802
        for edit in self._at(original_node):
            match edit:
                case AddReturn(annotation=annotation) if updated_node.returns is None:
                    updated_node = updated_node.with_changes(returns=cst.Annotation(annotation))
                case RaiseDecorators(decorators=ranges):
                    keys = {_key(each) for each in ranges}
                    pairs = list(zip(original_node.decorators, updated_node.decorators, strict=True))
                    raised = [new for old, new in pairs if self._place(old) in keys]
                    others = [new for old, new in pairs if self._place(old) not in keys]
                    updated_node = updated_node.with_changes(decorators=[*raised, *others])
        return self._decorated(original_node, updated_node)

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> cst.ClassDef:  # noqa: N802
        return self._decorated(original_node, updated_node)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:  # noqa: N802
        for edit in self._at(original_node):
            if isinstance(edit, AddArgument):
                tight = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
                new = cst.Arg(edit.value, keyword=cst.Name(edit.keyword), equal=tight)
                args = put(updated_node.args, len(updated_node.args), new, updated_node.whitespace_before_args)
                updated_node = updated_node.with_changes(args=args)
        return updated_node

    def _decorated(self, original: _Definition, updated: _Definition) -> _Definition:
        for edit in self._at(original):
            if isinstance(edit, AddDecorator):
                new = cst.Decorator(edit.decorator)
                decorators = [*updated.decorators, new] if edit.innermost else [new, *updated.decorators]
                updated = updated.with_changes(decorators=decorators)
        return updated

    def _at(self, node: cst.CSTNode) -> Sequence[Edit]:
        return self._edits.get(self._place(node), ())

    def _place(self, node: cst.CSTNode) -> tuple[int, int, int, int]:
        return _key(self.get_metadata(PositionProvider, node))


def _key(at: CodeRange) -> tuple[int, int, int, int]:
    return (at.start.line, at.start.column, at.end.line, at.end.column)
