"""`rules`: explain, check, without any database."""

import json

import wardflux


def test_a_batch_is_answered_row_by_row(corpus):
    rows = json.loads((corpus / "classification" / "sample.json").read_text())
    answers = json.loads(
        wardflux.run("rules", "explain", "--batch", corpus / "classification" / "sample.json").stdout)
    assert [answer["id"] for answer in answers] == [row["id"] for row in rows]
    for answer in answers:
        assert list(answer) == ["id", "type", "provider", "confidence", "rule", "evidence"]
        assert 0 <= answer["confidence"] <= 1


def test_types_and_providers_are_right_as_often_as_promised(corpus):
    rows = json.loads((corpus / "classification" / "sample.json").read_text())
    answers = json.loads(
        wardflux.run("rules", "explain", "--batch", corpus / "classification" / "sample.json", "--json").stdout)
    types = sum(
        answer["type"] == row["type"] or answer["type"] in row["also_ok"] for row, answer in zip(rows, answers))
    assert types / len(rows) >= 0.92
    isp = [(row, answer) for row, answer in zip(rows, answers) if row["type"] == "isp"]
    providers = sum(
        answer["provider"] == row["provider"] or f"provider:{answer['provider'] or 'null'}" in row["also_ok"]
        for row, answer in isp)
    assert providers / len(isp) >= 0.98


def test_one_interface_is_explained():
    result = wardflux.run(
        "rules", "explain", "--name", "Gi0/0/1", "--alias", "*** Magti uplink ***", "--if-type", "6", "--speed-mbps",
        "1000", "--json")
    answer = json.loads(result.stdout)
    assert (answer["type"], answer["provider"]) == ("isp", "magti")
    assert answer["evidence"] and answer["matches"]


def test_a_rule_file_is_checked_with_line_and_column(tmp_path):
    rules = tmp_path / "rules.yaml"
    rules.write_text("rules:\n  - id: broken\n    type: nonsense\n    confidence: 7\n")
    result = wardflux.run("rules", "check", rules, expect=1)
    assert f"{rules}:3:" in result.stderr
    problems = json.loads(wardflux.run("rules", "check", rules, "--json", expect=1).stdout)
    assert {"line", "column", "message", "remedy"} <= set(problems[0])


def test_a_broken_batch_is_an_error(tmp_path):
    batch = tmp_path / "batch.json"
    batch.write_text('[{"id": "a", "if_type": "six"}]')
    result = wardflux.run("rules", "explain", "--batch", batch, expect=1)
    assert result.stdout == "" and "if_type" in result.stderr


def test_a_file_that_is_not_there_is_named():
    result = wardflux.run("rules", "check", "/nonexistent/rules.yaml", expect=1)
    assert "/nonexistent/rules.yaml" in result.stderr
