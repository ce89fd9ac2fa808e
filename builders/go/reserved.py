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
    "APIError", "Date", "DateOf", "ErrBadRequest", "ErrConflict", "ErrForbidden", "ErrNotFound", "ErrServer",
    "ErrTooManyRequests", "ErrUnauthorized", "ErrUnprocessable", "ErrorOf", "FileUpload", "InvalidRequestError",
    "NetworkError", "NewDate", "NullOf", "Nullable", "NullableOf", "Option", "ParseDate", "Ptr", "RequestOption",
    "RequestProblem", "ResponseError", "ServerSentEvent", "WithAPIKey", "WithBasicAuth", "WithCSRF", "WithHTTPClient",
    "WithHeader", "WithIdempotent", "WithLogger", "WithMiddleware", "WithQuery", "WithRefresh", "WithResponse",
    "WithRetries", "WithTimeout", "WithToken", "WithTokenSource", "WithoutAuth", "acceptAny", "acceptEvents", "acceptJSON",
    "acceptLines", "anyNullable", "apiClient", "apiDescription", "appendJSONString", "armKeys", "armKeysOf", "attach",
    "backoff", "bodyText", "byContent", "byFields", "byKind", "byMarshaler", "byPointerMarshaler", "byStandard", "byText",
    "byTime", "callError", "checkHeader", "clientOption", "concrete", "credentials", "cursorOf", "decimalOf",
    "decodeAnything", "decodeAs", "decodeBody", "deepPairs", "deepest", "defaultRetries", "defaultTimeout", "describe",
    "describedError", "do", "doEvents", "doLines", "doNothing", "doResult", "doStream", "doText", "doValue", "each",
    "eachOf", "encodedPairs", "errEmpty", "errNoDate", "errSent", "errStopped", "eventReader", "exchangeRun", "exchanged",
    "fails", "failure", "fieldNames", "fileType", "fill", "fillPath", "fillUnion", "filled", "firstBackoff", "flight",
    "floatText", "formPairs", "fuzzRoundTrips", "headerText", "holdsFiles", "hop", "idempotentMethods", "inside",
    "isAbsent", "isHex", "isJSON", "isMissing", "isNothing", "isNull", "isTrue", "isValue", "itemsOf", "joinPairs",
    "joinPath", "jsonField", "jsonFieldsOf", "jsonForm", "jsonFormOf", "jsonForms", "jsonHow", "jsonProperties",
    "jsonShape", "jsonWriter", "keyText", "knownArmKeys", "linkPattern", "longestWait", "mapProperties", "marshalJSON",
    "marshalWithExtra", "marshalerType", "maxDepth", "maxRedirects", "maxRetryAfter", "memberOf", "members",
    "multipartWriter", "newAPIClient", "newEventReader", "newRequest", "newSegment", "newWatchdog", "nextLink", "noDate",
    "noValue", "nullableState", "nullableType", "numberOf", "numberText", "numberType", "pageWalk", "pages", "paging",
    "pair", "parameterPattern", "parseBase", "parseRetryAfter", "partStyle", "passingStatuses", "pathText", "pattern",
    "pause", "payload", "percentEncode", "percentEncodeBut", "percentEncodeReserved", "placedError", "plainJSON", "port",
    "problemsIn", "problemsOf", "propertiesOf", "property", "propertyOf", "quoted", "redacted", "refreshError",
    "refreshingKey", "request", "reserved", "safeMethods", "sameJSON", "sameOrigin", "secretNames", "secretParts",
    "securityScheme", "seenPage", "segment", "sendingBody", "shapeOf", "signature", "statusPatterns", "statusText",
    "stream", "streamBody", "stringType", "structProperties", "styleOf", "stylePairs", "styledMembers", "testRoundTrip",
    "testRoundTrips", "textMarshalerType", "textOf", "textPayload", "timeText", "timeType", "unicodeEscape", "unionValue",
    "unmarshalWithExtra", "unreserved", "validation", "validationError", "validator", "valueAt", "watchdog",
    "watchedReader", "word", "zeroerType",
))  # fmt: skip
"""What the runtime declares in its package. A test compares it with the files."""

GENERATED: Final = frozenset(("Client", "FuzzModels", "New", "TestModels", "allModels"))
"""What every package declares beside the runtime."""

RUNTIME_FILES: Final[frozenset[str]] = frozenset((
    "roundtrip_test", "runtime_arms", "runtime_auth", "runtime_bodies", "runtime_calls", "runtime_client", "runtime_errors",
    "runtime_exchange", "runtime_forms", "runtime_json", "runtime_log", "runtime_options", "runtime_paging",
    "runtime_payload", "runtime_problems", "runtime_raw", "runtime_request", "runtime_retry", "runtime_streams", "runtime_styles",
    "runtime_unions", "runtime_validation", "runtime_values",
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
