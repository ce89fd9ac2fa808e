"""Which apps a pattern names: by name, by AppConfig, by label, by wildcards; always in the order of INSTALLED_APPS."""

from __future__ import annotations

import re
from typing import cast

from django.apps import AppConfig, apps
from hypothesis import given
from hypothesis import strategies as st

from specloom.django.project import ArchivePolicy, Group, Outputs, Project, Spelling
from specloom.django.zones import app_configs, matched, shared_apps, ungrouped_apps
from specloom.django.zones.matching import own_apps

TESTS = "tests.django_project"


class App:
    """As much of an AppConfig as matching asks for."""

    def __init__(self, name: str, label: str | None = None) -> None:
        self.name, self.label = name, label or name.rpartition(".")[2]


def names(pattern: str, installed: list[App]) -> list[str]:
    return [app.name for app in matched(pattern, cast("list[AppConfig]", installed))]


def project(*groups: tuple[str, ...]) -> Project:
    from pathlib import Path

    where = Path("/nowhere")
    return Project(
        groups=tuple(Group(name=f"g{index}", apps=group, title="T") for index, group in enumerate(groups)),
        spelling=Spelling.GROUPS, outputs=Outputs(where, where, where, where), archive=ArchivePolicy(),
    )


PART = st.text("abs_", min_size=1, max_size=3)
NAME = st.lists(PART, min_size=1, max_size=3).map(".".join)
INSTALLED = st.lists(NAME, unique=True, max_size=8).map(lambda found: [App(name) for name in found])
PATTERN = st.lists(st.one_of(PART, st.just("*"), st.just("?"), st.just(".")), min_size=1, max_size=4).map("".join)


@given(PATTERN, INSTALLED)
def test_a_wildcard_is_any_text_of_a_name(pattern: str, installed: list[App]) -> None:
    signs = {"*": ".*", "?": "."}
    expression = "".join(signs.get(sign, re.escape(sign)) for sign in pattern)
    if "*" in pattern or "?" in pattern:
        assert names(pattern, installed) == [app.name for app in installed if re.fullmatch(expression, app.name)]
    else:
        assert set(names(pattern, installed)) <= {app.name for app in installed if pattern in (app.name, app.label)}


@given(NAME, INSTALLED)
def test_all_below_an_app_is_not_the_app(name: str, installed: list[App]) -> None:
    assert names(f"{name}.*", installed) == [app.name for app in installed if app.name.startswith(f"{name}.")]


@given(INSTALLED)
def test_a_name_is_one_app(installed: list[App]) -> None:
    for app in installed:
        assert names(app.name, installed) == [app.name]


@given(INSTALLED, st.randoms())
def test_the_order_is_that_of_the_settings(installed: list[App], random: object) -> None:
    assert names("*", installed) == [app.name for app in installed]
    assert names("*a*", list(reversed(installed))) == list(reversed(names("*a*", installed)))


def test_a_name_goes_before_a_label_and_capitals_count() -> None:
    installed = [App("shop.cart"), App("cart", "basket"), App("Cart")]
    assert names("cart", installed) == ["cart"]
    assert names("basket", installed) == ["cart"]
    assert names("CART", installed) == []
    assert names("C*", installed) == ["Cart"]


def test_an_app_by_its_config_as_in_the_settings() -> None:
    assert [app.name for app in matched("django.contrib.auth.apps.AuthConfig", apps.get_app_configs())] == ["django.contrib.auth"]


GROUPS = st.lists(st.sampled_from([
    f"{TESTS}.library", f"{TESTS}.*", "polls", "billing", "*.polls", "nothing", "django.contrib.*", "*",
]), min_size=1, max_size=4)


@given(GROUPS, GROUPS)
def test_two_patterns_are_the_apps_of_both_each_once(one: list[str], other: list[str]) -> None:
    def of(patterns: list[str]) -> list[str]:
        return [app.name for app in app_configs(Group(name="a", apps=tuple(patterns), title="T"))]

    both = of([*one, *other])
    assert both == of([*other, *one]) == of([*one, *other, *one])
    assert set(both) == {*of(one), *of(other)} and len(both) == len(set(both))
    installed = [app.name for app in apps.get_app_configs()]
    assert both == [name for name in installed if name in both]


@given(GROUPS, GROUPS)
def test_shared_and_ungrouped_apps(one: list[str], other: list[str]) -> None:
    made = project(tuple(one), tuple(other))
    first, second = ({app.name for app in app_configs(group)} for group in made.groups)
    assert {app.name for app, _ in shared_apps(made)} == first & second
    assert {app.name for app in ungrouped_apps(made)} == {app.name for app in own_apps()} - first - second


def test_the_apps_of_libraries_are_not_the_projects_own() -> None:
    own = [app.name for app in own_apps()]
    assert f"{TESTS}.library" in own
    assert not {"django.contrib.auth", "rest_framework", "drf_spectacular", "specloom.django"} & set(own)
