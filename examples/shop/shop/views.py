"""What views of several apps share."""

from typing import Any

from rest_framework.mixins import CreateModelMixin as RestFrameworkCreateModelMixin


class CreateModelMixin(RestFrameworkCreateModelMixin):
    """Creates an object and says in ``Location`` where it can be read."""

    def get_success_headers(self, data: dict[str, Any]) -> dict[str, str]:
        key = "id" if self.lookup_field == "pk" else self.lookup_field
        return {"Location": self.request.build_absolute_uri(f"{self.request.path}{data[key]}/")}
