import API
import Testing

@testable import Commands

@Suite struct SweepTests {
    private static let message =
        "4 of 254 addresses answered, 1 of them new and added: 10.0.0.1 sw-1 (profile default, known), "
        + "10.0.0.2 (profile branch, new), 10.0.0.3 odd, (name) (profile default, known at another address) and 1 more"
    private static let answers = [
        "POST /api/v1/devices/sweep": [APIResponse.json(202, #"{"id":"r1","job":"sweep"}"#)],
        "GET /api/v1/jobs/r1": [
            .json(
                200,
                #"""
                {"id":"r1","job":"sweep","state":"succeeded","message":"\#(message)","results":{"devices_answered":4}}
                """#)
        ],
    ]

    @Test func `the devices that answered are a table, the counts stand under it`() async {
        let result = await run(["sweep", "10.0.0.0/24"], Self.answers)
        #expect(result.status == 0)
        #expect(
            result.output == """
                ADDRESS   NAME         PROFILE  STANDING
                10.0.0.1  sw-1         default  known
                10.0.0.2               branch   new
                10.0.0.3  odd, (name)  default  known at another address
                sweep succeeded: 4 of 254 addresses answered, 1 of them new and added

                """)
        #expect(result.error == "1 more answered; the log names all of them\n")
    }

    @Test func `they are CSV or JSON for programs`() async throws {
        let csv = await run(["sweep", "10.0.0.0/24", "--csv"], Self.answers)
        #expect(csv.output.hasPrefix("address,name,profile,standing\r\n10.0.0.1,sw-1,default,known\r\n"))
        let json = await run(["sweep", "10.0.0.0/24", "--json"], Self.answers)
        let document = try JSONReader.read(json.output)
        #expect(document["state"]?.string == "succeeded")
        #expect(document["devices"]?.items?.map { $0["address"]?.string } == ["10.0.0.1", "10.0.0.2", "10.0.0.3"])
    }

    @Test(arguments: ["0 of 254 addresses answered, 0 of them new", ""])
    func `nothing that answered is no row`(message: String) {
        let findings = SweepFindings(message: message, answered: 0)
        #expect(findings.rows.isEmpty && findings.counts == message && findings.unnamed == 0)
    }
}
