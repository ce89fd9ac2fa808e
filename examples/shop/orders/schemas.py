"""Parcels on the wire: what is answered is what the model has, so a schema of the model says it."""

from specloom.django.schemas import BaseSchema, Infer, InferExcept, SchemaConfig

from .models import Shipment


class ShipmentSchema(BaseSchema[Shipment]):
    config = SchemaConfig(
        model=Shipment,
        name="Shipment",
        fields={
            "id": Infer,
            "carrier": Infer,
            "tracking_number": Infer,
            "tracking_url": InferExcept(json_schema_extra={"format": "uri"}),
            "shipped_at": Infer,
            "delivered_at": Infer,
            "weight": Infer,
        },
    )
