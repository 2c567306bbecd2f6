import pytest

from service.core.feel import EvaluationError, Run, SyntaxFault, compile

FAULTS = [
    ("1 +", 1, 4, "an expression"),
    ("if a b", 1, 7, "`then`"),
    ("(1", 1, 3, "`)`"),
    ("[1, 2", 1, 6, "`,` or `]`"),
    ("{a 1}", 1, 2, "a key with `:`"),
    ("{a: 1, a: 2}", 1, 8, "each key once, not `a` again"),
    ("a.", 1, 3, "the name of a member"),
    ("for x return 1", 1, 5, "a variable's name with `in`"),
    ("1\n  ] 2", 2, 3, "an operator or the end of the text"),
    ('"abc', 1, 1, 'a closing quotation mark (")'),
    ("/* abc", 1, 1, "the end of the comment (*/)"),
    ('a = "\\uD83D"', 1, 5, "the code of a character"),
    ("1 instance of", 1, 14, "a type"),
    ("a # b", 1, 3, "a name, a literal or an operator"),
    ("f(a: 1, a: 2)", 1, 9, "each parameter once, not `a` again"),
]


@pytest.mark.parametrize(("text", "line", "column", "expected"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_text_that_is_no_expression_is_refused_at_its_place(text, line, column, expected):
    with pytest.raises(SyntaxFault) as refused:
        compile(text)

    fault = refused.value
    assert (fault.line, fault.column, fault.expected) == (line, column, expected)
    assert fault.message.startswith("Expected")
    assert "应为" in fault.message_zh or "每个" in fault.message_zh


def test_a_body_outside_the_language_is_refused_with_the_reason():
    with pytest.raises(SyntaxFault, match="leave the language"):
        compile('function(a) external {java: {class: "x"}}')


def test_a_warning_names_its_stretch_of_the_text():
    run = Run()
    compile("1 +\n  (unknown)", [])({}, run)

    first, second = run.warnings
    assert (first.code, first.line, first.column, first.start, first.end) == (
        "unknown_name",
        2,
        4,
        7,
        14,
    )
    assert (second.code, second.line, second.column) == ("wrong_type", 1, 1)
    assert first.message == "Expected a variable, but nothing is called `unknown`."
    assert first.message_zh == "没有名为“unknown”的变量。"


def test_a_strict_run_turns_the_first_warning_into_an_error_at_its_place():
    with pytest.raises(EvaluationError) as refused:
        compile("1 +\n  (unknown)", [])({}, Run(strict=True))

    error = refused.value
    assert (error.code, error.line, error.column) == ("unknown_name", 2, 4)


def test_a_strict_run_leaves_nulls_alone_that_are_meant():
    assert compile("if a = null then null else a", ["a"])({"a": None}, Run(strict=True)) is None


def test_asking_whether_a_value_is_there_is_no_error_in_a_strict_run():
    run = Run(strict=True)

    assert compile("is defined(a.b)", ["a"])({"a": {}}, run) is False
    assert compile('get or else(a.b, "none")', ["a"])({"a": {}}, run) == "none"
    with pytest.raises(EvaluationError):
        compile("a.b", ["a"])({"a": {}}, run)


def test_a_run_can_be_used_after_a_strict_error():
    run = Run(strict=True)
    deep = compile("{f: function(n) if n = 0 then nobody else f(n - 1), r: f(20)}.r")
    for _ in range(100):
        with pytest.raises(EvaluationError):
            deep({}, run)


def test_warnings_are_kept_up_to_a_bound():
    run = Run()
    compile("for i in 1..1000 return 1 / 0")({}, run)

    assert len(run.warnings) == 100
