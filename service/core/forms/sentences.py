"""What is wrong with a value, said in two languages. The value itself is never repeated."""

from typing import Any

_TYPES = {
    "string": "文本",
    "number": "数字",
    "integer": "整数",
    "boolean": "是或否",
    "object": "对象",
    "array": "列表",
    "null": "空值",
}
_FORMATS = {
    "date": "日期（如 2026-01-31）",
    "date-time": "日期时间（如 2026-01-31T09:00:00+08:00）",
    "time": "时间（如 09:00:00+08:00）",
    "duration": "时长（如 P3D）",
    "email": "电子邮箱",
    "uri": "网址",
    "uuid": "UUID",
}
#: Keyword: "Expected …" and its Chinese, `{0}` being what the form says.
_SAID = {
    "maximum": ("at most {0}", "不得大于 {0}"),
    "minimum": ("at least {0}", "不得小于 {0}"),
    "exclusiveMaximum": ("less than {0}", "应当小于 {0}"),
    "exclusiveMinimum": ("more than {0}", "应当大于 {0}"),
    "multipleOf": ("a multiple of {0}", "应当为 {0} 的倍数"),
    "maxLength": ("at most {0} characters", "不得超过 {0} 个字符"),
    "minLength": ("at least {0} characters", "不得少于 {0} 个字符"),
    "maxItems": ("at most {0} items", "不得超过 {0} 项"),
    "minItems": ("at least {0} items", "不得少于 {0} 项"),
    "maxProperties": ("at most {0} entries", "不得超过 {0} 个字段"),
    "minProperties": ("at least {0} entries", "不得少于 {0} 个字段"),
    "pattern": ("a text of the form {0}", "格式应当符合 {0}"),
    "const": ("the value {0}", "应当为 {0}"),
    "enum": ("one of {0}", "应当为 {0} 之一"),
    "uniqueItems": ("each item once", "各项不得重复"),
    "contains": ("an item that the form asks for", "缺少表单要求的项"),
    "propertyNames": ("names that the form allows", "字段名称不符合要求"),
    "anyOf": ("one of the shapes that the form allows", "不符合表单允许的任何一种形式"),
    "oneOf": ("exactly one of the shapes that the form allows", "应当符合且仅符合一种形式"),
    "falseSchema": ("nothing here", "此处不得填写"),
    "not": ("something that the form does not forbid", "不得为表单禁止的内容"),
}
_SHOWN = 200


def sentence(kind: Any) -> tuple[str, str]:
    """English and Chinese for one error of the validator, known by its keyword."""
    name, facts = kind.name, kind.as_dict()
    if name == "required":
        field = facts["property"]
        return f"Expected {field}, but it is missing.", f"缺少字段 {field}。"
    if name in ("additionalProperties", "unevaluatedProperties"):
        fields = ", ".join(map(str, facts["unexpected"]))[:_SHOWN]
        return (
            f"Expected only fields of the form, but there is {fields}.",
            f"表单中没有字段 {fields}。",
        )
    if name == "type":
        types = facts["types"]
        return (
            f"Expected {' or '.join(types)}, but it is something else.",
            f"应当为{'或'.join(_TYPES.get(each, each) for each in types)}。",
        )
    if name == "format":
        form = facts["format"]
        return f"Expected a {form}, but it is none.", f"应当为{_FORMATS.get(form, form)}。"
    return _by_keyword(name, facts)


def _by_keyword(name: str, facts: dict[str, Any]) -> tuple[str, str]:
    if name not in _SAID:
        return (
            f"Expected what the form asks for by {name}, but it is something else.",
            f"不符合表单的 {name} 要求。",
        )
    value = next(iter(facts.values()), "")
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    english, chinese = _SAID[name]
    shown = shown[:_SHOWN]
    return f"Expected {english.format(shown)}, but it is not so.", f"{chinese.format(shown)}。"
