"""Make vn.json again from the data of the Python package vietnamadminunits (see README.md).

python -m pip download --no-deps vietnamadminunits==1.0.4
python resources/units/build.py vietnamadminunits-1.0.4-py3-none-any.whl
"""

import json
import sqlite3
import sys
import tempfile
import unicodedata
import zipfile
from pathlib import Path

HEAD = {
    "format": 1,
    "version": "2025-07-01",
    "source": "QĐ 19/2025/QĐ-TTg (30/06/2025), from the data of the Python package vietnamadminunits 1.0.4",
    "certainty": "V",
    "licence": "MIT, Copyright (c) 2025 Tran Ngoc Minh Hieu; see LICENSE.vietnamadminunits",
}
TYPES = ("thành phố", "tỉnh", "đặc khu", "phường", "xã")


def main(wheel: str) -> None:
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as package:
        dataset = package.extract("vietnamadminunits/data/dataset.db", folder)
        database = sqlite3.connect(dataset)
        provinces = database.execute("SELECT DISTINCT provinceCode, province FROM admin_units ORDER BY 1").fetchall()
        communes = database.execute("SELECT wardCode, ward, provinceCode FROM admin_units ORDER BY 1").fetchall()
        database.close()
    write(
        [(code, *name_and_type(full_name)) for code, full_name in provinces],
        [(code, *name_and_type(full_name), province) for code, full_name, province in communes],
    )


def name_and_type(full_name: str) -> tuple[str, str]:
    """ "Phường Vũ Ninh" → ("Vũ Ninh", "phường"). The package's own column of types is wrong for four communes."""
    full_name = unicodedata.normalize("NFC", full_name.strip())
    kind = next(kind for kind in TYPES if full_name.lower().startswith(f"{kind} "))
    return full_name[len(kind) + 1 :], kind


def write(provinces: list[tuple[str, ...]], communes: list[tuple[str, ...]]) -> None:
    head = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in HEAD.items()]
    lists = [f'  "provinces": [\n{rows(provinces)}\n  ]', f'  "communes": [\n{rows(communes)}\n  ]']
    text = "{\n" + ",\n".join(head + lists) + "\n}\n"
    Path(__file__).with_name("vn.json").write_text(text, encoding="utf-8")


def rows(units: list[tuple[str, ...]]) -> str:
    return ",\n".join(f"    {json.dumps(unit, ensure_ascii=False)}" for unit in units)


if __name__ == "__main__":
    main(sys.argv[1])
