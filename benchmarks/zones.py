"""The zones of a Django project of many apps, found in a process of its own: ``python -m benchmarks.zones APPS``; prints JSON.

Django is set up before the clock starts: every command waits for that, whatever it does.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

_VIEWS = """\
from rest_framework.decorators import api_view
from rest_framework.response import Response


@api_view(["GET"])
def things(request):
    return Response([])
"""
_URLS = """\
from django.urls import path

from . import views

urlpatterns = [path("things/", views.things)]
"""


def main(count: int, folder: Path) -> Mapping[str, float]:
    """Seconds of the first time: the zones of the settings with their apps; all that ``--validate-zones`` looks at."""
    names = [f"app{number:03}" for number in range(count)]
    for name in names:
        (folder / name).mkdir()
        for file, text in {"__init__": "", "views": _VIEWS, "urls": _URLS}.items():
            (folder / name / f"{file}.py").write_text(text)
    (folder / "project_urls.py").write_text("urlpatterns = []\n")
    sys.path.insert(0, str(folder))
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="of a benchmark", USE_TZ=True, ROOT_URLCONF="project_urls",
        INSTALLED_APPS=[
            "django.contrib.contenttypes", "django.contrib.auth", "rest_framework", "drf_spectacular", "specloom.django", *names,
        ],
        REST_FRAMEWORK={"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"},
        DJANGO_REVOLUTION={"zones": {f"zone{digit}": {"apps": [f"app*{digit}"]} for digit in range(10)}},
    )
    django.setup()
    began = time.perf_counter()
    from specloom.django.zones import DynamicZoneDetector, check_project

    imported = time.perf_counter()
    detector = DynamicZoneDetector()
    zones = detector.detect_zones()
    found = time.perf_counter()
    assert sorted(name for zone in zones.values() for name in zone.apps) == names
    check_project(detector.project)
    return {"apps": count, "start": imported - began, "detect": found - imported, "check": time.perf_counter() - found}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        print(json.dumps(main(int(sys.argv[1]), Path(made))))
