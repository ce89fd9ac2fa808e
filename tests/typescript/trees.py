"""Random trees of every kind of node that builders make, the same ones on every run."""

from __future__ import annotations

from random import Random

from specloom.builders.typescript import nodes as ts

NAMES = ("a", "id", "page", "status", "products", "createdAt", "organizationName", "repositorySecurityAdvisory", "übergröße")
TYPES = ("T", "User", "Product", "PaginatedProductList", "OrganizationCustomRepositoryRole", "Ключ")
TEXTS = (
    "",
    "x",
    "on_sale",
    "Not shown before this moment.",
    'say "hi"',
    "it's",
    "a\nb",
    "\\d",
    "日本語の文字列",
    "👩‍👩‍👧 🇩🇪 ©️",
    "${x}`",
    "é",
)
KEYS = ("id", "name", "first-name", "1", "class", "created_at", "x y", "🙂", "ключ", "")
OPERATORS = ("??", "||", "&&", "===", "!==", "<", ">=", "+", "-", "*", "/", "%")


class Trees:
    """A source of random trees; ``depth`` bounds how deep they are."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def some(self, least: int, most: int) -> range:
        return range(self.random.randint(least, most))

    def name(self) -> str:
        return self.random.choice(NAMES)

    def type(self, depth: int) -> ts.Type:
        if depth <= 0:
            return self.random.choice(
                (
                    ts.STRING,
                    ts.NUMBER,
                    ts.NULL_TYPE,
                    ts.UNKNOWN,
                    ts.type_name(self.random.choice(TYPES)),
                    ts.literal(self.random.choice(TEXTS)),
                    ts.literal(self.random.choice((1, -2, 1.5, 1e30, True))),
                )
            )
        match self.random.randrange(10):
            case 0 | 1:
                return ts.union_of(*(self.type(depth - 1) for _ in self.some(2, 6)))
            case 2:
                return ts.array_of(self.type(depth - 1), readonly=self.random.random() < 0.2)
            case 3:
                return ts.type_name(self.random.choice(TYPES), *(self.type(depth - 1) for _ in self.some(1, 3)))
            case 4:
                return ts.object_type(*self.members(depth - 1))
            case 5:
                return ts.function_type([self.parameter(depth - 1, default=False) for _ in self.some(0, 3)], self.type(depth - 1))
            case 6:
                optional = self.random.random() < 0.3
                return ts.tuple_of(*(ts.TupleElement(self.type(depth - 1), optional=optional) for _ in self.some(0, 4)))
            case 7:
                return ts.intersection_of(*(self.type(depth - 1) for _ in self.some(2, 3)))
            case 8:
                return ts.indexed(self.type(depth - 1), ts.keyof(ts.typeof(self.name())))
            case _:
                return self.type(0)

    def members(self, depth: int) -> list[ts.TypeMember]:
        keys = self.random.sample(KEYS, self.random.randint(0, 4))
        found: list[ts.TypeMember] = [
            ts.prop(
                key, self.type(depth), optional=self.random.random() < 0.4, readonly=self.random.random() < 0.2, doc=self.doc()
            )
            for key in keys
        ]
        if self.random.random() < 0.15:
            found.append(ts.index_signature(self.type(depth)))
        if self.random.random() < 0.15:
            found.append(
                ts.method_signature(
                    self.name(), [self.parameter(depth, default=False) for _ in self.some(0, 2)], self.type(depth)
                )
            )
        return found

    def doc(self) -> ts.JSDoc:
        if self.random.random() < 0.75:
            return ts.NO_DOC
        tags = [ts.tag("deprecated")] if self.random.random() < 0.3 else []
        return ts.doc(*(self.random.choice((*TEXTS, "*/ @x {@link y}", "Long words " * 9)) for _ in self.some(1, 2)), tags=tags)

    def parameter(self, depth: int, *, default: bool = True, at: int = 0) -> ts.Parameter:
        binding: ts.Binding = f"{self.name()}{self.random.randrange(99)}"
        if self.random.random() < 0.08:
            binding = ts.object_pattern(*(f"{self.name()}{at}" for at in self.some(1, 3)))
        elif self.random.random() < 0.05:
            binding = ts.array_pattern(None, f"{self.name()}0")
        type = self.type(depth) if self.random.random() < 0.8 else None
        if default and self.random.random() < 0.2:
            return ts.param(binding, type, default=self.random.choice((ts.obj(), ts.name("x"), ts.string("y"))))
        return ts.param(binding, type, optional=isinstance(binding, str) and type is not None and self.random.random() < 0.2)

    def value(self, depth: int) -> ts.Expression:
        if depth <= 0:
            return self.random.choice(
                (
                    ts.name(self.name()),
                    ts.THIS,
                    ts.NULL,
                    ts.TRUE,
                    ts.string(self.random.choice(TEXTS)),
                    ts.number(self.random.choice((0, 1, -1, 2.5))),
                    ts.regex("^a/b$", "u"),
                    ts.member(ts.name(self.name()), self.name()),
                    ts.template("a", ts.name("b"), self.random.choice(TEXTS), tag=self.random.choice((None, ts.name("path")))),
                )
            )
        inner = depth - 1
        match self.random.randrange(14):
            case 0 | 1:
                return ts.obj(*self.properties(inner), broken=self.random.random() < 0.1)
            case 2:
                return ts.array(*(self.value(inner) for _ in self.some(0, 5)))
            case 3 | 4:
                return self.chain(inner)
            case 5:
                return ts.call(ts.name(self.name()), *(self.value(inner) for _ in self.some(0, 4)))
            case 6 | 7:
                return self.arrow(inner)
            case 8:
                operator = self.random.choice(OPERATORS)
                return ts.binary(self.operand(), operator, self.operand())
            case 9:
                return ts.conditional(self.operand(), self.value(inner), self.value(inner))
            case 10:
                return ts.unary(self.random.choice(("!", "-", "typeof")), self.value(inner))
            case 11:
                return self.random.choice((ts.as_const, lambda v: ts.satisfies(v, self.type(1))))(ts.obj(*self.properties(inner)))
            case 12:
                return ts.array(*(ts.number(self.random.randrange(9999)) for _ in self.some(1, 30)))
            case _:
                return ts.new(ts.name("Thing"), *(self.value(inner) for _ in self.some(0, 3)))

    def operand(self) -> ts.Expression:
        """What stands in a condition or beside an operator: no objects, which our builders do not put there."""
        if self.random.random() < 0.3:
            operator = self.random.choice(OPERATORS)
            return ts.binary(self.operand(), operator, self.value(0))
        return self.value(0)

    def properties(self, depth: int) -> list[ts.ObjectMember]:
        found: list[ts.ObjectMember] = [
            ts.pair(key, self.value(depth), doc=self.doc()) for key in self.random.sample(KEYS, self.random.randint(0, 4))
        ]
        if self.random.random() < 0.1:
            found.append(ts.spread(ts.name(self.name())))
        if self.random.random() < 0.1:
            found.append(ts.getter("lazy", ts.return_(self.value(depth))))
        return found

    def chain(self, depth: int) -> ts.Expression:
        """Calls on calls. An object in one is flat or broken by choice: Prettier itself is not stable about others."""
        head = self.random.choice(
            (
                ts.name("z"),
                ts.THIS,
                ts.name("Page"),
                ts.member(ts.THIS, "#http"),
                ts.call(ts.name("f"), self.value(0)),
                ts.member(ts.name("z"), "iso"),
            )
        )
        return ts.chain(head, *((self.name(), [self.argument(depth) for _ in self.some(0, 2)]) for _ in self.some(1, 5)))

    def argument(self, depth: int) -> ts.Expression:
        if self.random.random() < 0.6:
            return self.value(0)
        if self.random.random() < 0.5:
            return self.arrow(depth)
        return ts.obj(*(self.properties(depth) or [ts.pair("a", ts.THIS)]), broken=True)

    def arrow(self, depth: int) -> ts.Expression:
        params = [self.parameter(min(depth, 1)) for _ in self.some(0, 3)]
        returns = self.type(1) if self.random.random() < 0.2 else None
        body = self.value(depth)
        if self.random.random() < 0.3:
            return ts.arrow(params, ts.block(ts.return_(body)), returns=returns)
        if isinstance(body, ts.Arrow):
            body = ts.name("x")
        return ts.arrow(params, body, returns=returns)

    def statement(self, at: int) -> ts.Statement:
        name = f"{self.random.choice(TYPES)}{at}"
        match self.random.randrange(6):
            case 0:
                return ts.interface(name, self.members(3), doc=self.doc())
            case 1:
                return ts.export_type(name, self.type(3), doc=self.doc())
            case 2:
                type = self.type(1) if self.random.random() < 0.2 else None
                value = self.value(3)
                return ts.export_const(name, value, type=None if isinstance(value, ts.Arrow) else type, doc=self.doc())
            case 3:
                return ts.function(
                    name,
                    [self.parameter(2) for _ in self.some(0, 4)],
                    self.type(2),
                    ts.return_(self.value(3)),
                    is_async=self.random.random() < 0.5,
                )
            case 4:
                field = ts.field("#http", self.type(2), self.value(2), readonly=True)
                method = ts.method(
                    "list", [self.parameter(2) for _ in self.some(0, 4)], self.type(2), ts.return_(self.value(3)), doc=self.doc()
                )
                return ts.cls(name, field, method)
            case _:
                body = [
                    ts.if_(self.value(2), ts.throw(self.value(2))),
                    ts.statement(self.chain(2)),
                    ts.statement(ts.assign(ts.member(ts.THIS, "x"), self.value(2))),
                ]
                return ts.function(name, [], ts.VOID, *body)
