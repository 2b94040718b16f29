"""The served OpenAPI document against the server: no 5xx, no undocumented answer, whatever is sent."""

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, seed, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

import wardflux

SEED = 876
EXAMPLES = 10


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server with the devices of a small lab, discovered once."""
    directory = tmp_path_factory.mktemp("api")
    csv = directory / "devices.csv"
    with wardflux.lab("--network", "grid-6x4", "--devices-csv", csv) as lab:
        with wardflux.server(directory / "data") as server:
            wardflux.run("devices", "import", csv, "--server", server.url)
            wardflux.run("discover", "--all", "--server", server.url)
            server.lab = lab
            yield server


@pytest.fixture(scope="module")
def api_schema(served):
    return schemathesis.openapi.from_url(f"{served.url}/api/v1/openapi.json")


def is_beyond_a_schema(answer):
    """Whether a refusal is about what no schema can say.

    That is 422, a cursor that no page gave, a NUL in a text, or a format that is not the body's.
    """
    if answer.status_code == 422:
        return True
    if answer.status_code != 400:
        return False
    errors = answer.json().get("errors", [])
    return bool(errors) and all(
        error["field"] == "cursor" or "U+0000" in error["detail"] or error["detail"].startswith("the body is ")
        for error in errors)


schema = schemathesis.pytest.from_fixture("api_schema").exclude(path="/api/v1/events")


@schema.parametrize()
@seed(SEED)
@settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=False,
    phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
def test_every_answer_is_documented(case):
    answer = case.call(timeout=30)
    excluded = [positive_data_acceptance] if is_beyond_a_schema(answer) else []
    case.validate_response(answer, excluded_checks=excluded)


def test_the_document_is_openapi_3_1(served):
    document = requests.get(f"{served.url}/api/v1/openapi.json", timeout=10).json()
    assert document["openapi"].startswith("3.1")
    assert "/api/v1/interfaces/list" in document["paths"] or "/interfaces/list" in document["paths"]


def test_the_event_stream_opens(served):
    with requests.get(f"{served.url}/api/v1/events", stream=True, timeout=10) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/event-stream")


@pytest.mark.parametrize("body", [b'{"name": "half', b"[" * 100_000, b"\xff\xfe", b"x" * 10_000_001])
def test_bodies_that_are_none_are_refused_and_change_nothing(served, body):
    before = requests.get(f"{served.url}/api/v1/devices", timeout=10).json()["total"]
    answer = requests.post(
        f"{served.url}/api/v1/devices", data=body, headers={"Content-Type": "application/json"}, timeout=30)
    assert answer.status_code in (400, 413)
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert requests.get(f"{served.url}/api/v1/devices", timeout=10).json()["total"] == before


def test_the_server_is_healthy_after_all_that(served):
    assert requests.get(f"{served.url}/api/v1/health", timeout=10).json()["status"] == "healthy"
