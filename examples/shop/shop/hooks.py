"""The finishing of the API's document, for what drf-spectacular has no other way to say."""

from typing import Any

from django.utils.module_loading import import_string
from drf_spectacular.settings import spectacular_settings


def describe_enums(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Puts the docstrings of the choices before the list of their values, and names of numbers beside them."""
    schemas = result.get("components", {}).get("schemas", {})
    for name, path in spectacular_settings.ENUM_NAME_OVERRIDES.items():
        choices, schema = import_string(path), schemas.get(name)
        if schema is None:
            continue
        if choices.__doc__:
            schema["description"] = f"{choices.__doc__}\n\n{schema['description']}"
        labels = [str(label) for label in choices.labels]
        if schema["type"] == "integer" and all(label.isidentifier() for label in labels):
            schema["x-enum-varnames"] = labels
    return result


def refer_to_enums(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Lets query parameters share the enums of the components; lists of choices stay with the enums alone."""
    schemas = result.get("components", {}).get("schemas", {})
    enums = {
        choices(schema): {"$ref": f"#/components/schemas/{name}"}
        for name, schema in schemas.items()
        if "enum" in schema
    }
    for operation in operations(result):
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                describe_without_choices(parameter)
                is_array = parameter["schema"].get("type") == "array"
                holder, key = (parameter["schema"], "items") if is_array else (parameter, "schema")
                holder[key] = enums.get(choices(holder[key]), holder[key])
    for schema in schemas.values():
        for holder in schema.get("properties", {}).values():
            describe_without_choices(holder)
    return result


def require_bodies(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Says that a body has to be there which is a file or of several kinds, as drf-spectacular does of other objects."""
    schemas = result.get("components", {}).get("schemas", {})
    for operation in operations(result):
        body = operation.get("requestBody", {"content": {}})
        for schema in (media["schema"] for media in body["content"].values()):
            name = schema.get("$ref", "").rpartition("/")[2]
            is_union = "oneOf" in schemas.get(name, {}) and not name.startswith("Patched")
            if schema.get("type") == "string" or is_union:
                body["required"] = True
    return result


def patch_without_defaults(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Takes defaults out of what is sent to change something: what is left out stays as it is."""
    for name, schema in result.get("components", {}).get("schemas", {}).items():
        if name.startswith("Patched"):
            for holder in schema.get("properties", {}).values():
                holder.pop("default", None)
    return result


def write_in_place(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Writes serializers with the extension ``x-in-place``, and enums of a single value, where they stand."""
    schemas = result.get("components", {}).get("schemas", {})
    parts = {}
    for name, schema in list(schemas.items()):
        is_constant = "type" in schema and len(schema.get("enum", [])) == 1
        if is_constant or schema.pop("x-in-place", False):
            parts[f"#/components/schemas/{name}"] = schemas.pop(name)
            schema.pop("description", None)
    todo: list[Any] = [result]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            reference = node.get("$ref") or node.get("allOf", [{}])[0].get("$ref")
            if reference in parts:
                node.pop("$ref" if "$ref" in node else "allOf")
                node.update(parts[reference])
            todo += node.values()
        elif isinstance(node, list):
            todo += node
    return result


def operations(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for item in result["paths"].values() for operation in item.values()]


def choices(schema: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(str(value) for value in schema.get("enum", [])))


def describe_without_choices(holder: dict[str, Any]) -> None:
    """Leaves of a description what stands before the list of choices."""
    text, mark, _ = ("\n\n" + holder.get("description", "")).partition("\n\n* `")
    if mark:
        del holder["description"]
        if text.strip():
            holder["description"] = text.strip()
