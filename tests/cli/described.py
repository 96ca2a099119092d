"""Does a document keep to the JSON Schema that the program printed for it?"""

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int, "number": (int, float)}


def validate(value, schema, path, hold):
    """The part of JSON Schema that the schema uses."""
    if "const" in schema:
        hold(value == schema["const"], f"{path} is {value!r}")
    if "enum" in schema:
        hold(value in schema["enum"], f"{path} is {value!r}")
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        fits = any(isinstance(value, TYPES[n]) and not (isinstance(value, bool) and n in ("integer", "number")) for n in names)
        hold(fits, f"{path} is {value!r}, not {names}")
    if isinstance(value, dict):
        hold(set(schema.get("required", [])) <= value.keys(), f"{path} lacks {set(schema.get('required', [])) - value.keys()}")
        hold(value.keys() <= schema["properties"].keys(), f"{path} has undescribed {value.keys() - schema['properties'].keys()}")
        for key, inside in value.items():
            validate(inside, schema["properties"][key], f"{path}.{key}", hold)
    if isinstance(value, list):
        for i, inside in enumerate(value):
            validate(inside, schema["items"], f"{path}[{i}]", hold)
