"""Settings for Django REST framework and drf-spectacular are ones that the two libraries know and can use."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from drf_spectacular.settings import IMPORT_STRINGS as SPECTACULAR_IMPORTS
from drf_spectacular.settings import SPECTACULAR_DEFAULTS, SpectacularSettings, patched_settings
from pydantic import ValidationError
from rest_framework.settings import DEFAULTS, IMPORT_STRINGS, APISettings

from specloom.django import DRFConfig, SpectacularConfig, SwaggerUISettings, create_drf_config, create_drf_spectacular_config

Data = dict[str, Any]

DRF: dict[str, Data] = {
    "default_renderer_classes": {"default_renderer_classes": ["rest_framework.renderers.BrowsableAPIRenderer"]},
    "default_parser_classes": {"default_parser_classes": ["rest_framework.parsers.JSONParser"]},
    "default_permission_classes": {"default_permission_classes": ["rest_framework.permissions.IsAdminUser"]},
    "default_authentication_classes": {"default_authentication_classes": []},
    "default_filter_backends": {"default_filter_backends": []},
    "default_pagination_class": {"default_pagination_class": None},
    "page_size": {"page_size": 7},
    "enable_browsable_api": {"enable_browsable_api": True},
    "enable_throttling": {"enable_throttling": True},
    "anon_throttle_rate": {"enable_throttling": True, "anon_throttle_rate": "1/day"},
    "user_throttle_rate": {"enable_throttling": True, "user_throttle_rate": "1/day"},
    "spectacular": {"spectacular": {"title": "Other"}},
    "custom_rest_framework_settings": {"custom_rest_framework_settings": {"UNICODE_JSON": False}},
}
SPECTACULAR: dict[str, object] = {
    "title": "T", "description": "D", "version": "2", "schema_path_prefix": "/x/", "contact": {"name": "N"},
    "license_info": {"name": "MIT"}, "terms_of_service": "https://example.com", "component_split_request": False,
    "component_split_patch": False, "enum_name_overrides": {"A": "b.c"}, "enum_add_explicit_blank_null_choice": True,
    "preprocessing_hooks": ["drf_spectacular.hooks.preprocess_exclude_path_format"], "postprocessing_hooks": [],
    "serve_include_schema": True, "swagger_ui_settings": {"filter": False}, "custom_settings": {"SORT_OPERATIONS": False},
}


def test_both_libraries_know_every_setting() -> None:
    made = create_drf_spectacular_config(
        contact={"name": "N"}, license_info={"name": "MIT"}, enable_browsable_api=True, enable_throttling=True,
        SPECTACULAR_TOS="https://example.com", REST_FRAMEWORK_UNICODE_JSON=False,
    )
    assert made.keys() == {"REST_FRAMEWORK", "SPECTACULAR_SETTINGS"}
    assert made["REST_FRAMEWORK"].keys() <= DEFAULTS.keys()
    assert made["SPECTACULAR_SETTINGS"].keys() <= SPECTACULAR_DEFAULTS.keys()


def test_everything_that_is_named_can_be_imported() -> None:
    made = create_drf_spectacular_config(enable_browsable_api=True, enable_throttling=True)
    framework = APISettings(user_settings=made["REST_FRAMEWORK"], defaults=DEFAULTS, import_strings=IMPORT_STRINGS)
    for name in made["REST_FRAMEWORK"]:
        assert getattr(framework, name) is not None
    spectacular = SpectacularSettings(
        user_settings=made["SPECTACULAR_SETTINGS"], defaults=SPECTACULAR_DEFAULTS, import_strings=SPECTACULAR_IMPORTS,
    )
    for name in made["SPECTACULAR_SETTINGS"]:
        assert getattr(spectacular, name) == getattr(spectacular, name)


def test_a_document_is_made_with_them() -> None:
    from drf_spectacular.generators import SchemaGenerator

    made = create_drf_spectacular_config("Books", "All of them", "3.1.4", contact={"name": "Ada"}, license_info={"name": "MIT"})
    said = {name: value for name, value in made["SPECTACULAR_SETTINGS"].items() if name != "SERVE_INCLUDE_SCHEMA"}  # no patch may
    with override_settings(REST_FRAMEWORK=made["REST_FRAMEWORK"]), patched_settings(said):
        document = SchemaGenerator(urlconf=django_settings.ROOT_URLCONF).get_schema(request=None, public=True)
    assert document["info"] == {
        "title": "Books", "version": "3.1.4", "description": "All of them", "contact": {"name": "Ada"},
        "license": {"name": "MIT"},
    }
    assert "/api/library/books/" in document["paths"]


@pytest.mark.parametrize("name", DRFConfig.model_fields)
def test_each_field_of_the_framework_takes_effect(name: str) -> None:
    said = DRF[name]
    without = {key: value for key, value in said.items() if key != name}
    assert DRFConfig.model_validate(said).get_django_settings() != DRFConfig.model_validate(without).get_django_settings()


@pytest.mark.parametrize("name", SpectacularConfig.model_fields)
def test_each_field_of_spectacular_takes_effect(name: str) -> None:
    said = SpectacularConfig.model_validate({name: SPECTACULAR[name]})
    assert said.get_django_settings() != SpectacularConfig().get_django_settings()


@pytest.mark.parametrize("name", SwaggerUISettings.model_fields)
def test_each_setting_of_swagger_ui_is_passed_on(name: str) -> None:
    made = SpectacularConfig().get_django_settings()["SPECTACULAR_SETTINGS"]["SWAGGER_UI_SETTINGS"]
    assert isinstance(made, dict) and name in made


def test_both_functions_say_the_same() -> None:
    contact = {"name": "N"}
    value = create_drf_config("T", "D", "2", "/x/", True, True, contact=contact, page_size=7)
    made = create_drf_spectacular_config("T", "D", "2", "/x/", contact, None, True, True, page_size=7)
    assert value.get_django_settings() == made


def test_an_unknown_field_is_refused_with_the_right_one() -> None:
    with pytest.raises(ValidationError, match=r"there is no field 'pagesize'; did you mean 'page_size'\?"):
        create_drf_spectacular_config(pagesize=3)
    with pytest.raises(ValidationError, match="SpectacularConfig"):
        create_drf_config(terms_of_service="x")
    with pytest.raises(ValidationError, match="only the first letter"):
        DRFConfig(anon_throttle_rate="1/month")
