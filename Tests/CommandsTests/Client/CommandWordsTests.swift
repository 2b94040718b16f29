import API
import Testing

@testable import Commands

@Suite struct CommandWordsTests {
    @Test(
        arguments: [
            (
                "Correct the places named in errors, or send mode=good to keep the good rows.",
                "Correct the places named above, or give --mode good to keep the good rows."
            ),
            ("GET /api/v1/jobs lists the runs with their ids.", "`wardflux jobs list` lists the runs with their ids."),
            ("GET /api/v1/jobs/schedules lists the jobs.", "`wardflux jobs schedules` lists the jobs."),
            (
                "GET /api/v1/interfaces/device/0b0e7c66 shows its interfaces.",
                "`wardflux interfaces list --filter device_id=0b0e7c66` shows its interfaces."
            ),
            ("PUT /api/v1/profiles/branch makes it.", "`wardflux profiles set branch` makes it."),
            ("Send a value within the limits of the field.", "Give a value within the limits of the field."),
            ("Ask again in a moment.", "Ask again in a moment."),
        ])
    func `remedies say what to type`(api: String, command: String) {
        #expect(CommandWords.remedy(api) == command)
    }

    @Test(
        arguments: [
            ("the key is empty (badKey)", "the key is empty"),
            ("reading devices: cut off (corrupt)", "reading devices: cut off"),
            ("Gi0/1 is down (up)", "Gi0/1 is down (up)"), ("(badKey)", "(badKey)"), ("a (b c)", "a (b c)"), ("", ""),
        ])
    func `codes of errors are not shown`(text: String, shown: String) {
        #expect(CommandWords.withoutCode(text) == shown)
    }

    @Test func `a field is told as the option it came from`() async {
        let problem = #"""
            {"title":"Bad","status":422,"detail":"credential_profile: 'x' is too short",
            "errors":[{"field":"credential_profile","value":"x","detail":"'x' is too short"}],
            "remedy":"Correct the fields named in errors; /api/v1/openapi.json describes all of them."}
            """#
        let result = await run(
            ["devices", "add", "n", "10.0.0.1", "--profile", "x"], ["POST /api/v1/devices": [.json(422, problem)]])
        let listed = await run(
            ["interfaces", "list", "--filter", "is_critical=x"],
            [
                "GET /api/v1/interfaces/list": [
                    .json(422, #"{"title":"Bad","status":422,"detail":"is_critical: 'x' is no boolean"}"#)
                ]
            ])
        #expect(listed.error == "error: is_critical: 'x' is no boolean\n")
        #expect(result.error == "error: --profile: 'x' is too short\n  Correct what is named above.\n")
    }
}
