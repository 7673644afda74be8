"""What every table stands on."""

from sqlalchemy import LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase


class Row(DeclarativeBase):
    type_annotation_map = {str: Text(), bytes: LargeBinary()}
    metadata = MetaData()
