"""Expressions mean one thing, never fail, and refuse what the profile lacks."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.errors import ExpressionRefused
from surveys.expressions import Values, as_text, evaluate, is_true, parse, references

TODAY = date(2026, 11, 25)
VALUES: Values = {
    "phase": "primary",
    "help": ("speech", "transport"),
    "age": "9",
    "distance": "2.50",
    "born": "2017-03-01",
    "comment": "Fine",
    "left_out": "",
}


def holds(source: str, this: str = "") -> bool:
    return is_true(source, VALUES, TODAY, this)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "${phase} = 'primary'",
        '${phase} = "primary"',
        "${phase} != 'secondary'",
        "${age} = 9 and ${age} = 9.0",
        "${age} < 10 and ${age} <= 9 and ${age} > 8.5 and ${age} >= 9 and ${age} != 10",
        "-1 < ${age}",
        "${distance} = 2.5",
        "${age} < '10'",
        "10 > ${age}",
        "selected(${help}, 'speech') and selected(${help}, 'transport')",
        "selected(${phase}, 'primary')",
        "not(selected(${help}, 'spee'))",
        "count-selected(${help}) = 2 and count-selected(${left_out}) = 0",
        "string-length(${comment}) = 4 and string-length(${never_heard_of}) = 0",
        "coalesce(${left_out}, ${phase}) = 'primary' and coalesce(${age}, 'x') = '9'",
        "if(${age} > 5, 'big', 'small') = 'big' and if(${left_out}, 1, 2) = 2",
        "today() = '2026-11-25' and ${born} < today()",
        "${left_out} = '' and ${never_heard_of} = ''",
        "${comment} != 3",
        "(${age} = 1 or ${age} = 9) and not(${age} = 1)",
        "${age} = 1 and ${age} = 2 or ${age} = 9",
        "${comment}",
        "string-length(${comment})",
        "selected(${help}, 'speech') = not(${left_out})",
    ],
)
def test_holds(source: str) -> None:
    assert holds(source)


@pytest.mark.parametrize(
    "source",
    [
        "${left_out}",
        "string-length(${left_out})",
        "selected(${left_out}, '')",
        "selected(${help}, '')",
        "${comment} = 3",
        "${comment} < 3",
        "${comment} >= 3",
        "'1' = '1.0'",
        "${age} = 8 or ${age} = 10",
        "${age} > '10'",
        "not(${comment})",
        "${left_out} < today()",
        "${left_out} <= ''",
    ],
)
def test_does_not_hold(source: str) -> None:
    assert not holds(source)


@pytest.mark.parametrize("symbol", ["=", "!=", "<", "<=", ">", ">="])
@pytest.mark.parametrize("name", ["left_out", "never_heard_of"])
def test_nothing_compared_with_a_number_is_false(symbol: str, name: str) -> None:
    assert not holds(f"${{{name}}} {symbol} 0")
    assert not holds(f"0 {symbol} ${{{name}}}")


def test_dot_is_the_answer_being_checked() -> None:
    assert holds(". > 3 and . <= 12", this="12")
    assert not holds(". > 3", this="3")
    assert holds("count-selected(.) = 2", this="speech transport")


def test_regex_matches_the_whole_answer_in_any_script() -> None:
    assert holds("regex(., '[a-z]+')", this="abc")
    assert not holds("regex(., '[a-z]+')", this="abc1")
    assert holds(r"regex(., '\p{L}+')", this="łódź")
    assert not holds("regex(., 'x')", this="\ud800")


def test_a_hostile_pattern_is_quick() -> None:
    assert not holds("regex(., '(a+)+')", this="a" * 5_000 + "!")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("${age}", "9"),
        ("${help}", "speech transport"),
        ("3", "3"),
        ("2.50", "2.5"),
        ("-0.25", "-0.25"),
        ("${age} = 9", "true"),
        ("${age} = 8", "false"),
        ("today()", "2026-11-25"),
        ("string-length('four')", "4"),
    ],
)
def test_as_text(source: str, text: str) -> None:
    assert as_text(source, VALUES, TODAY) == text


def test_references_are_the_questions_used() -> None:
    assert references("if(${a} = '${not_this}', today(), coalesce(${b}, ${a})) > .") == {"a", "b"}
    assert references("") == frozenset()
    assert references("1 = 1") == frozenset()


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("${a} + 1 = 2", "arithmetic"),
        ("${a}-1", "arithmetic"),
        ("${a} div 2", "arithmetic"),
        ("../a = 1", "path"),
        ("/data/a = 1", "path"),
        ("jr:choice-name(${a}, 'b')", "colon"),
        ("${a} == 1", "single ="),
        ("${a} <> 1", "!="),
        ("${a} = 1 && ${b} = 2", "words and, or"),
        ("${a} = 1 AND ${b} = 2", "small letters"),
        ("${a} = ‘x’", "curly"),
        ("${a} = 'x", "without its partner"),
        ("${a b} = 1", "${name}"),
        ("$a = 1", "${name}"),
        ("{a} = 1", "${name}"),
        ("a = 1", "${a}"),
        ("${a} = yes", "'yes'"),
        ("not ${a}", "not(…)"),
        ("selectted(${a}, 'x')", "Did you mean selected()?"),
        ("count_selected(${a})", "Did you mean count-selected()?"),
        ("pulldata(1)", "The functions are"),
        ("if(${a}, 1)", "takes 3 values and was given 2"),
        ("today(1)", "takes 0"),
        ("(${a}", "too early"),
        ("${a} =", "too early"),
        ("${a})", "“)”"),
        ("${a} ${b}", "“${b}”"),
        ("1 = 1 = 1", "“= 1”"),
        ("99999999999999999 = 1", "cannot be read"),
        ("regex(${a}, ${b})", "not a quoted text"),
        ("regex(${a}, 3)", "not a quoted text"),
        ("regex(${a}, '(')", "cannot be used"),
        ("regex(${a}, '(?=a)')", "cannot be used"),
        ("1" + " or 1" * 500, "2,000"),
        ("(" * 41 + "1" + ")" * 41, "nested"),
    ],
)
def test_refused_with_cause_and_remedy(source: str, says: str) -> None:
    with pytest.raises(ExpressionRefused) as refused:
        parse(source)
    assert says in str(refused.value)
    assert refused.value.cause
    assert refused.value.remedy


def test_forty_brackets_are_not_too_many() -> None:
    assert holds("not(" * 40 + "0" + ")" * 40) is False


def test_brackets_within_texts_are_not_nesting() -> None:
    assert holds("'" + "(" * 60 + "'")


ANYTHING = st.text(st.characters())
NAMES = st.sampled_from(["a", "b", "c"])
ATOMS = st.one_of(
    NAMES.map(lambda name: f"${{{name}}}"),
    st.just("."),
    st.just("today()"),
    st.decimals(-999, 999, places=2, allow_nan=False).map(str),
    st.text(st.characters(blacklist_characters="'")).map(lambda text: f"'{text}'"),
)


def compound(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    symbol = st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "and", "or"])
    pair = st.sampled_from(["selected", "coalesce"])
    single = st.sampled_from(["not", "string-length", "count-selected"])
    return st.one_of(
        st.tuples(part, symbol, part).map(lambda each: f"({each[0]} {each[1]} {each[2]})"),
        st.tuples(pair, part, part).map(lambda each: f"{each[0]}({each[1]}, {each[2]})"),
        st.tuples(single, part).map(lambda each: f"{each[0]}({each[1]})"),
        st.tuples(part, part, part).map(lambda each: f"if({each[0]}, {each[1]}, {each[2]})"),
        part.map(lambda each: f"regex({each}, '[0-9]+')"),
    )


EXPRESSIONS = st.recursive(ATOMS, compound, max_leaves=8).filter(lambda text: len(text) <= 2_000)
ANSWERS = st.dictionaries(NAMES, st.one_of(ANYTHING, st.lists(ANYTHING).map(tuple)))


@given(EXPRESSIONS, ANSWERS, st.dates(), ANYTHING)
def test_evaluation_never_fails(source: str, values: Values, today: date, this: str) -> None:
    result = evaluate(parse(source), values, today, this)
    assert isinstance(result, str | float | bool)
    assert isinstance(as_text(source, values, today), str)


@given(ANYTHING)
def test_parsing_only_ever_refuses(source: str) -> None:
    with suppress(ExpressionRefused):
        assert parse(source).source == source


@given(st.sampled_from(["a", "b"]), ANSWERS, st.integers(-99, 99))
def test_greater_is_not_both_ways(name: str, values: Values, number: int) -> None:
    above = is_true(f"${{{name}}} > {number}", values, TODAY)
    below = is_true(f"${{{name}}} <= {number}", values, TODAY)
    assert not (above and below)
