"""Names that are taken before anything of a document is named: Go's own words, the runtime's names and its files."""

from __future__ import annotations

from typing import Final

from .nodes import KEYWORDS

PREDECLARED: Final = frozenset((
    "any", "append", "bool", "byte", "cap", "clear", "close", "comparable", "complex", "complex128", "complex64", "copy",
    "delete", "error", "false", "float32", "float64", "imag", "int", "int16", "int32", "int64", "int8", "iota", "len",
    "make", "max", "min", "new", "nil", "panic", "print", "println", "real", "recover", "rune", "string", "true", "uint",
    "uint16", "uint32", "uint64", "uint8", "uintptr",
))  # fmt: skip
"""What Go declares by itself (Go spec, Predeclared identifiers)."""

PACKAGES: Final = frozenset((
    "bytes", "context", "errors", "fmt", "http", "io", "iter", "json", "math", "regexp", "slices", "strings", "testing", "time",
))  # fmt: skip
"""Packages that generated code imports: a local name of theirs would hide them."""

RUNTIME: Final[frozenset[str]] = frozenset((
    "Date", "DateOf", "FileUpload", "InvalidRequestError", "NewDate", "NullOf", "Nullable", "NullableOf", "Option",
    "ParseDate", "Ptr", "RequestOption", "RequestProblem", "ServerSentEvent", "WithAPIKey", "WithBasicAuth", "WithCSRF",
    "WithHTTPClient", "WithHeader", "WithIdempotent", "WithLogger", "WithMiddleware", "WithQuery", "WithRefresh",
    "WithResponse", "WithRetries", "WithTimeout", "WithToken", "WithTokenSource", "WithoutAuth", "accepts", "anyNullable",
    "apiClient", "apiDescription", "appendJSONString", "byFields", "byKind", "byMarshaler", "byPointerMarshaler",
    "byStandard", "byText", "byTime", "clientOption", "deepPairs", "do", "doEvents", "doLines", "doNothing", "doResult",
    "doStream", "doText", "doValue", "each", "eachOf", "encodedPairs", "errEmpty", "errNoDate", "fails", "fillPath", "fits",
    "floatText", "formPairs", "headerText", "isAbsent", "isHex", "isNothing", "isNull", "isValue", "jsonField",
    "jsonFieldsOf", "jsonForm", "jsonFormOf", "jsonForms", "jsonHow", "jsonShape", "jsonWriter", "keyText", "marshalJSON",
    "marshalWithExtra", "marshalerType", "maxDepth", "members", "newAPIClient", "newRequest", "noDate", "noValue",
    "nullableState", "numberText", "numberType", "pages", "paging", "pair", "partStyle", "pathText", "pattern",
    "percentEncode", "percentEncodeBut", "percentEncodeReserved", "plainJSON", "request", "reserved", "securityScheme",
    "shapeOf", "stylePairs", "styledMembers", "textMarshalerType", "textOf", "timeText", "timeType", "unmarshalWithExtra",
    "unreserved", "validation", "zeroerType",
))  # fmt: skip
"""What the runtime declares in its package. A test compares it with the files."""

GENERATED: Final = frozenset(("Client", "FuzzModels", "New", "TestModels", "allModels"))
"""What every package declares beside the runtime."""

RUNTIME_FILES: Final[frozenset[str]] = frozenset((
    "runtime_json", "runtime_styles", "runtime_values",
))  # fmt: skip
"""The runtime's files, without their ending. A test compares it with the folder."""

FILES: Final = frozenset(("client", "doc", "enums", "models", "servers", "smoke_test"))
"""What every package has besides, without their ending."""

PACKAGE_SCOPE: Final = KEYWORDS | PREDECLARED | PACKAGES | RUNTIME | GENERATED
LOCALS: Final = KEYWORDS | PREDECLARED | PACKAGES | frozenset(("ctx", "body", "err", "opts", "params", "req", "result", "s"))
"""What no argument of a method is called: words of Go, packages, and what the body of a method mentions."""

BUILD_SUFFIXES: Final = frozenset((
    "test",
    "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd",
    "openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
    "386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "loong64", "mips", "mipsle", "mips64", "mips64le",
    "mips64p32", "mips64p32le", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x", "sparc", "sparc64", "wasm",
))  # fmt: skip
"""Last words of a file's name that tell Go when to build it (go help buildconstraint)."""

DEVICES: Final = frozenset(("con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))))
"""Names that Windows keeps for devices."""
