"""What a desk knows of its own lines, its machine, and the ways to the province. It tells nobody anything."""

from sqlalchemy.orm import Mapped, mapped_column

from desk.store.rows.base import Row


class ForeignLineRow(Row):
    """The last head of a line of this desk's journal that another machine, or a forgotten past of this one, wrote."""

    __tablename__ = "foreign_lines"

    epoch: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    met_at: Mapped[str]


class IncarnationRow(Row):
    """The incarnations of the province in the order they were heard of; what a later one says is newer."""

    __tablename__ = "incarnations"

    incarnation: Mapped[str] = mapped_column(primary_key=True)
    nth: Mapped[int] = mapped_column(unique=True)


class ProvinceRow(Row):
    """Every certificate of the province that was proven under the root; the highest serial is in force."""

    __tablename__ = "provinces"

    serial: Mapped[int] = mapped_column(primary_key=True)
    certificate: Mapped[str]


class AddressRow(Row):
    """Where the province was ever said to be reached; the one learned last is in force."""

    __tablename__ = "addresses"

    url: Mapped[str] = mapped_column(primary_key=True)
    nth: Mapped[int] = mapped_column(unique=True)


class MachineRow(Row):
    """What the machine is known by, as hashes: one row a feature ("board", "disk" …)."""

    __tablename__ = "machine"

    feature: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[str]


class SpokenNumberRow(Row):
    """A desk number read out by telephone, in force until the epoch's certificate comes."""

    __tablename__ = "spoken_numbers"

    epoch: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    heard_at: Mapped[str]
