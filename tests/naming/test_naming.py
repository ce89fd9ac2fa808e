"""Words, cases and scopes of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.builders.naming import NameAllocator, camel, constant, pascal, plural, singular, snake, type_name, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HTTPServer_v2-userIDs", "http server v2 user ids"),
        ("createdAt", "created at"),
        ("getURLs", "get urls"),
        ("APIKey", "api key"),
        ("sha256Sum", "sha256 sum"),
        ("2fa_code", "2fa code"),
        ("x-foo.bar/baz", "x foo bar baz"),
        ("日本語 name", "日本語 name"),
        ("", ""),
        ("__--", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert " ".join(words(text)) == expected


@given(st.text())
def test_words_hold_no_separator_and_lose_no_letter(text: str) -> None:
    found = words(text)
    assert all(word and "_" not in word and not any(c.isspace() for c in word) for word in found)
    assert words("_".join(found)) == found or not text.isascii()


@given(st.lists(st.from_regex(r"[a-z]{2,6}", fullmatch=True), min_size=1, max_size=5))
def test_every_case_splits_back_into_its_words(parts: list[str]) -> None:
    expected = tuple(parts)
    assert words(pascal(parts)) == words(camel(parts)) == words(snake(parts)) == words(constant(parts)) == expected


@pytest.mark.parametrize(
    ("one", "many"),
    [("product", "products"), ("category", "categories"), ("key", "keys"), ("box", "boxes"), ("match", "matches"),
     ("status", "statuses"), ("address", "addresses"), ("series", "series"), ("data", "data")],
)  # fmt: skip
def test_singular_and_plural(one: str, many: str) -> None:
    assert plural(one) == many
    assert plural(many) == many
    assert singular(many) == one
    assert singular(one) == one


def test_a_pascal_name_keeps_its_spelling() -> None:
    assert type_name("OAuth2Token") == "OAuth2Token"
    assert type_name("order_item") == "OrderItem"


@given(st.lists(st.sampled_from(["a", "A", "b", "class", "a2", "a3"]), min_size=1, max_size=20))
def test_no_two_things_get_one_name(wanted: list[str]) -> None:
    names = NameAllocator({"class"}, fold=str.casefold)
    given_names = [names.allocate(key, name).name for key, name in enumerate(wanted)]
    assert len({name.casefold() for name in given_names}) == len(given_names)
    assert "class" not in given_names
    assert [names[key] for key in range(len(wanted))] == given_names


def test_the_first_free_candidate_is_taken_and_asking_twice_answers_the_same() -> None:
    names = NameAllocator()
    assert names.allocate("x", "list").name == "list"
    second = names.allocate("y", "list", "listAll")
    assert (second.name, second.changed) == ("listAll", True)
    assert names.allocate("y", "other") is second
