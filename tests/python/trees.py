"""Random Python modules of the nodes that the builders use."""

from __future__ import annotations

import keyword

from hypothesis import strategies as st

from specloom.builders.python import nodes
from specloom.builders.python.nodes import Expression, Module, Statement, Symbol

SYMBOLS = [
    Symbol("builtins", "str"),
    Symbol("builtins", "list"),
    Symbol("builtins", "dict"),
    Symbol("datetime", "date"),
    Symbol("datetime", "datetime"),
    Symbol("decimal", "Decimal"),
    Symbol("typing", "Annotated"),
    Symbol("typing", "Any"),
    Symbol("pydantic", "Field"),
    Symbol("collections.abc", "Sequence"),
    Symbol(".base", "Model"),
    Symbol(".enums", "AVeryLongNameOfAnEnumerationThatTakesMostOfTheLine"),
    Symbol(".models.products", "Product"),
    Symbol(".models.common", "Decimal"),
]
IDENTIFIERS = st.one_of(
    st.sampled_from(["a", "id", "list", "date", "dt", "builtins", "value_of_the_thing", "x" * 40, "y" * 85, "número"]),
    st.from_regex(r"[a-z][a-z_0-9]{0,30}", fullmatch=True),
).filter(lambda text: not keyword.iskeyword(text))
TEXTS = st.one_of(
    st.text(max_size=120),
    st.text(alphabet="ab\"'\\\n\t {}#%🙂漢\u2028\x00é\u0301\ud800", max_size=60),
    st.sampled_from(["", " ", '"', "'", '"""', "'''", "\\", "# type: ignore", "a" * 90, "漢字" * 30, "${x}", "{x}"]),
)


def _grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    """One level more. Nothing here filters ``inner``: Hypothesis spells out what it filters, which grows with every level."""
    keywords = st.lists(IDENTIFIERS, max_size=4, unique=True)
    return st.one_of(
        st.builds(
            lambda f, p, k, v: nodes.call(f, *p, **dict(zip(k, v, strict=False))),
            inner, st.lists(inner, max_size=4), keywords, st.lists(inner, min_size=4, max_size=4),
        ),
        st.builds(lambda v, i: nodes.subscript(v, *i), inner, st.lists(inner, min_size=1, max_size=4)),
        st.builds(lambda m: nodes.union(*m), st.lists(inner, min_size=2, max_size=5)),
        st.builds(lambda p, b, c: nodes.lambda_(p, nodes.conditional(b, c, nodes.NONE)), st.just(["found"]), inner, inner),
        st.builds(nodes.conditional, inner, inner, inner),
        st.builds(lambda i: nodes.tuple_(*i), st.lists(inner, max_size=4)),
        st.builds(lambda i: nodes.list_(*i), st.lists(inner, max_size=4)),
        st.builds(nodes.dict_, st.lists(st.tuples(inner, inner), max_size=3)),
        st.builds(lambda v, n: nodes.attribute(v if _has_attributes(v) else nodes.name("value"), n), inner, IDENTIFIERS),
        st.builds(nodes.lambda_, st.lists(IDENTIFIERS, max_size=2, unique=True), inner),
    )


def _has_attributes(node: Expression) -> bool:
    import libcst as cst

    return not isinstance(node, cst.Integer | cst.Float | cst.SimpleString)


EXPRESSIONS = st.recursive(
    st.one_of(
        st.builds(nodes.name, IDENTIFIERS),
        st.builds(nodes.ref, st.sampled_from(SYMBOLS)),
        st.builds(nodes.string, TEXTS),
        st.builds(
            nodes.constant,
            st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
        ),
    ),
    _grown,
    max_leaves=12,
)
TYPES = st.recursive(
    st.one_of(st.builds(nodes.ref, st.sampled_from(SYMBOLS)), st.just(nodes.NONE)),
    lambda inner: st.one_of(
        st.builds(
            lambda v, i: nodes.subscript(v, *i),
            st.sampled_from([nodes.ref(s) for s in SYMBOLS]),
            st.lists(inner, min_size=1, max_size=4),
        ),
        st.builds(lambda m: nodes.union(*m), st.lists(inner, min_size=2, max_size=5)),
    ),
    max_leaves=8,
)


def _docstrings(depth: int) -> st.SearchStrategy[Statement]:
    return st.builds(nodes.docstring, TEXTS, st.just(depth))


def _function(depth: int) -> st.SearchStrategy[Statement]:
    @st.composite
    def build(draw: st.DrawFn) -> Statement:
        names = draw(st.lists(IDENTIFIERS, max_size=6, unique=True))
        cut = draw(st.integers(0, len(names)))
        positional = [nodes.parameter(n, draw(TYPES)) for n in names[:cut]]
        named = [nodes.parameter(n, draw(TYPES), draw(st.one_of(st.none(), EXPRESSIONS))) for n in names[cut:]]
        body: list[Statement] = [draw(_docstrings(depth + 1))] if draw(st.booleans()) else []
        body.append(draw(st.one_of(st.builds(nodes.return_, EXPRESSIONS), CALLS)))
        rest = nodes.parameter("rest", draw(TYPES), star="**") if draw(st.booleans()) and "rest" not in names else None
        return nodes.function(
            draw(IDENTIFIERS),
            [nodes.parameter("self"), *positional] if "self" not in names else positional,
            body,
            named=named,
            rest=rest,
            returns=draw(st.one_of(st.none(), TYPES)),
            asynchronous=draw(st.booleans()),
        )

    return build()


def _is_no_string(node: Expression) -> bool:
    import libcst as cst

    return not isinstance(node, cst.SimpleString)


CALLS = st.builds(nodes.expression, EXPRESSIONS.filter(_is_no_string))
FIELDS = st.builds(nodes.annotated, IDENTIFIERS, TYPES, st.one_of(st.none(), EXPRESSIONS))
ASSIGNMENTS = st.builds(nodes.assign, st.builds(nodes.name, IDENTIFIERS), EXPRESSIONS)


@st.composite
def classes(draw: st.DrawFn) -> Statement:
    """A class of fields, docstrings and methods."""
    body: list[Statement] = [draw(_docstrings(1))] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(0, 4))):
        body.append(draw(st.one_of(FIELDS, _function(1), ASSIGNMENTS)))
        if draw(st.booleans()):
            body.append(draw(_docstrings(1)))
    return nodes.class_(draw(IDENTIFIERS), draw(st.lists(TYPES, max_size=2)), body)


@st.composite
def modules(draw: st.DrawFn) -> Module:
    """A module."""
    statement = st.one_of(classes(), _function(0), FIELDS, ASSIGNMENTS)
    return Module(
        ("subclients", "products"),
        tuple(draw(st.lists(statement, max_size=3))),
        draw(st.one_of(st.none(), TEXTS)),
        future_annotations=True,
    )
