import Discovery
import Inventory
import Testing

@Suite("Address ranges")
struct AddressRangesTests {
    @Test(
        "Ranges are read as network engineers write them",
        arguments: [
            ("10.0.0.7", ["10.0.0.7"]),
            ("10.0.0.0/30", ["10.0.0.1", "10.0.0.2"]),
            ("10.0.0.5/30", ["10.0.0.5", "10.0.0.6"]),
            ("10.0.0.4/31", ["10.0.0.4", "10.0.0.5"]),
            ("10.0.0.4/32", ["10.0.0.4"]),
            ("10.0.0.254-10.0.1.1", ["10.0.0.254", "10.0.0.255", "10.0.1.0", "10.0.1.1"]),
            ("10.0.0.1-3", ["10.0.0.1", "10.0.0.2", "10.0.0.3"]),
            ("10.0.0.2, 10.0.0.1 10.0.0.1-2", ["10.0.0.1", "10.0.0.2"]),
            ("2001:db8::/126", ["2001:db8::1", "2001:db8::2", "2001:db8::3"]),
            ("2001:DB8:0:0::9-2001:db8::a", ["2001:db8::9", "2001:db8::a"]),
            ("::1,127.0.0.1", ["127.0.0.1", "::1"]),
        ])
    func reads(text: String, expected: [String]) throws {
        let ranges = try AddressRanges(text)
        #expect(ranges.addresses.map(\.description) == expected)
        #expect(ranges.count == expected.count)
    }

    @Test("A /24 has 254 addresses, a /120 255, and a /16 just fits the limit")
    func counts() throws {
        #expect(try AddressRanges("10.0.0.0/24").count == 254)
        #expect(try AddressRanges("2001:db8::/120").count == 255)
        #expect(try AddressRanges("10.1.0.0/16").count == 65_534)
    }

    @Test(
        "What is wrong is named, with the remedy",
        arguments: [
            ("", "'': no address; write for example 10.0.0.0/24 or 10.0.0.1-50"),
            ("10.0.0.300", "'10.0.0.300': '10.0.0.300' is not an IPv4 or IPv6 address; write for example 10.0.0.1"),
            ("10.0.0.01", "'10.0.0.01': '10.0.0.01' is not an IPv4 or IPv6 address; write for example 10.0.0.1"),
            ("10.0.0.0/33", "'10.0.0.0/33': the prefix length must be 8 to 32"),
            ("2001:db8::/64", "'2001:db8::/64': the prefix length must be 104 to 128"),
            (
                "10.0.0.9-10.0.0.1",
                "'10.0.0.9-10.0.0.1': the range ends before it begins; swap 10.0.0.9 and 10.0.0.1"
            ),
            ("10.0.0.9-::1", "'10.0.0.9-::1': one end is IPv4 and the other IPv6; use one family"),
            (
                "10.0.0.0/8",
                "'10.0.0.0/8': 16777214 addresses are more than 65536; name fewer, or confirm the larger sweep"
            ),
        ])
    func refuses(text: String, expected: String) {
        let error = #expect(throws: AddressRangeError.self) { _ = try AddressRanges(text) }
        #expect(error?.description == expected)
    }

    @Test("A confirmed sweep may be larger, up to a limit of its own")
    func confirms() throws {
        #expect(try AddressRanges("10.0.0.0/8", countMax: .max).count == 16_777_214)
        #expect(throws: AddressRangeError.self) { try AddressRanges("10.0.0.0/8,11.0.0.0/8", countMax: .max) }
    }

    @Test("Random text is read or refused, never trapped on")
    func survivesNonsense() {
        var generator = SeededGenerator(seed: 42)
        let alphabet = Array("0123456789abf.:/-, ")
        for _ in 0..<20_000 {
            let text = String(
                (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                    alphabet.randomElement(using: &generator) ?? "0"
                })
            if let ranges = try? AddressRanges(text) { #expect(ranges.count > 0, "seed 42: \(text)") }
        }
    }
}

@Suite("Addresses")
struct NetworkAddressTests {
    @Test(
        "Addresses are written in canonical form",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("2001:0DB8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"),
            ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("::ffff:192.0.2.1", "::ffff:c000:201"),
        ])
    func canonical(text: String, expected: String) {
        #expect(NetworkAddress(text)?.description == expected)
    }

    @Test(
        "What is no address is refused",
        arguments: [
            "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "+1.2.3.4", ":::", "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9", "::1::", "12345::", "g::", "1.2.3.4::", "1:2:3:4:5:6:7::8", ":1:2:3:4:5:6:7",
        ])
    func refuses(text: String) {
        #expect(NetworkAddress(text) == nil)
    }
}

@Suite("Token bucket")
struct TokenBucketTests {
    @Test("A burst goes at once, the rest at the rate")
    func schedules() {
        var bucket = TokenBucket(ratePerSecond: 10, burst: 3, at: .start)
        let waits = (0..<6).map { _ in bucket.take(at: .start) }
        #expect(waits.map { ($0 * 1000).rounded() } == [0, 0, 0, 100, 200, 300])
        #expect(bucket.take(at: .start.later(10)) == 0)
    }

    @Test("Over any time no more is let through than burst and rate allow")
    func limits() {
        var generator = SeededGenerator(seed: 3)
        var bucket = TokenBucket(ratePerSecond: 50, burst: 5, at: .start)
        var now = Timestamp.start
        var starts: [Double] = []
        for _ in 0..<2000 {
            now = now.later(Double.random(in: 0...0.01, using: &generator))
            starts.append(now.secondsSince(.start) + bucket.take(at: now))
        }
        for first in stride(from: 0, to: starts.count - 100, by: 37) {
            #expect(starts[first + 99] - starts[first] >= (100 - 5 - 1) / 50.0 - 0.002, "seed 3")
        }
    }

    @Test("A clock that goes backwards brings nothing")
    func ignoresClockSteps() {
        var bucket = TokenBucket(ratePerSecond: 1, burst: 1, at: .start)
        #expect(bucket.take(at: .start) == 0)
        #expect(bucket.take(at: .start.later(-3600)) == 1)
    }
}

@Suite("Sweeps")
struct SweeperTests {
    private func sweeper(_ answers: [String: String], profile: String = "lan") -> Sweeper {
        Sweeper(now: { .start }, wait: { _ in }) { question in
            guard question.profile == profile, let name = answers[question.address.description] else { return nil }
            var system = SystemFacts()
            system.sysName = name
            return system
        }
    }

    @Test("Addresses that answer are hits, in order, with the profile that was answered")
    func finds() async throws {
        let ranges = try AddressRanges("10.0.0.0/24")
        let hits = await sweeper(["10.0.0.9": "b", "10.0.0.3": "a"]).sweep(ranges, profiles: ["public", "lan"])
        #expect(hits.map(\.address.description) == ["10.0.0.3", "10.0.0.9"])
        #expect(hits.map(\.profile) == ["lan", "lan"] && hits.map(\.system.sysName) == ["a", "b"])
    }

    @Test("A cancelled sweep ends with what it has")
    func cancels() async throws {
        let ranges = try AddressRanges("10.0.0.0/16")
        let sweeper = sweeper(["10.0.0.1": "a"])
        let task = Task { await sweeper.sweep(ranges, profiles: ["lan"]) }
        task.cancel()
        #expect(await task.value.count <= 1)
    }

    @Test("Hits are set beside the devices that are known")
    func matches() {
        var known = Device(name: "core", address: "10.0.0.1", at: .start)
        known.sysName = "CORE.example"
        let other = Device(name: "edge", address: "10.0.0.2", at: .start)
        func hit(_ address: String, _ name: String?, port: Int = 161) -> SweepHit {
            var system = SystemFacts()
            system.sysName = name
            let place = NetworkAddress(address) ?? NetworkAddress(isIPv6: false, number: 0)
            return SweepHit(address: place, port: port, profile: "lan", system: system)
        }
        let matches = SweepMatching.match(
            [
                hit("10.0.0.1", nil), hit("10.9.9.9", "core.EXAMPLE"), hit("10.0.0.7", "edge2"),
                hit("10.0.0.8", "edge2"),
                hit("10.0.0.2", nil, port: 1161),
            ], with: [known, other])
        func draft(_ name: String, _ address: String, _ port: Int) -> SweepMatch {
            var draft = DeviceDraft(name: name, address: address)
            draft.port = port
            draft.profile = "lan"
            return .new(draft)
        }
        #expect(
            matches == [
                .known(known.id), .sameName(known.id), draft("edge2", "10.0.0.7", 161),
                draft("edge2 (10.0.0.8)", "10.0.0.8", 161), draft("10.0.0.2:1161", "10.0.0.2", 1161),
            ])
    }
}
