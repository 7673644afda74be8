"""What schemathesis has to be told: how parcels and pieces of files look on the wire. The tool loads it itself."""

from typing import Any

import schemathesis

from sync.province.contract import PARCEL_TYPE


@schemathesis.serializer(PARCEL_TYPE, "application/offset+octet-stream")
def parcel(context: Any, value: Any) -> bytes:
    """Whatever it thought of, as bytes; it will not think of a parcel."""
    return value if isinstance(value, bytes) else str(value).encode()
