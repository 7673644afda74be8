"""What the province says of its own doors is what its doors do."""

import json
from typing import Any

import requests

from tests.province.desk_driver import PARCEL_TYPE, DeskDriver
from tests.servers import Province

PROBLEM = "application/problem+json"


def _document(province: Province) -> dict[str, Any]:
    document: dict[str, Any] = requests.get(f"{province.url}/openapi.json", timeout=10).json()
    return document


def _references(node: Any) -> set[str]:
    if isinstance(node, dict):
        here = {node["$ref"]} if "$ref" in node else set()
        return here.union(*(_references(one) for one in node.values()))
    return set().union(*(_references(one) for one in node)) if isinstance(node, list) else set()


def test_the_command_prints_what_the_server_says(province: Province) -> None:
    assert province.command("openapi") == [_document(province)]


def test_every_reference_leads_somewhere(province: Province) -> None:
    document = _document(province)
    there = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}

    assert _references(document) <= there
    assert {"#/components/schemas/ProblemSaid", "#/components/schemas/Signed"} <= _references(document)


def test_a_parcel_is_answered_as_described(province: Province, desk: DeskDriver) -> None:
    described = _document(province)["paths"]["/v1/parcels"]["post"]

    good, bad = desk.post(desk.parcel(())), desk.post(b"nothing")

    assert PARCEL_TYPE in described["requestBody"]["content"]
    assert [*described["responses"]["200"]["content"]] == [good.headers["content-type"]]
    assert [*described["responses"][str(bad.status_code)]["content"]] == [PROBLEM]
    assert "Retry-After" in described["responses"]["503"]["headers"]


def test_every_problem_is_one_of_those_described(province: Province, desk: DeskDriver) -> None:
    schema = _document(province)["components"]["schemas"]["ProblemSaid"]
    codes = schema["properties"]["code"]["enum"]

    answers = [
        desk.post(b"nothing"),
        requests.post(f"{province.url}/v1/enrolments", data=b"{}", timeout=10),
        requests.get(f"{province.url}/nowhere", timeout=10),
        requests.delete(f"{province.url}/v1/parcels", timeout=10),
    ]

    assert all(answer.headers["content-type"] == PROBLEM for answer in answers)
    assert {answer.json()["code"] for answer in answers} <= set(codes)
    assert all(set(answer.json()) == {"code", "facts"} for answer in answers)


def test_no_door_is_undescribed(province: Province) -> None:
    document = _document(province)

    assert {"/v1/parcels", "/v1/enrolments", "/v1/files/{blob}", "/v1/province", "/tra-cuu"} <= set(document["paths"])
    assert "422" not in json.dumps(document["paths"])
