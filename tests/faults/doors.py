"""What schemathesis has to be told of the province: how a parcel looks on the wire. Loaded by the tool itself."""

from typing import Any

import schemathesis

from sync.province.contract import PARCEL_TYPE


@schemathesis.serializer(PARCEL_TYPE)
def parcel(context: Any, value: Any) -> bytes:
    """Whatever it thought of, as bytes; it will not think of a parcel."""
    return value if isinstance(value, bytes) else str(value).encode()
