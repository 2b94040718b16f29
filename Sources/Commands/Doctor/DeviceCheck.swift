/// Asks one device for its interfaces, with the credentials it is stored with.
struct DeviceCheck {
    let client: APIClient

    func findings(_ name: String) async -> [Finding] {
        do {
            let device = try await Lookup.device(name, client)
            guard let id = device["id"]?.string else { return [.failed("device", "'\(name)' has no id")] }
            let accepted = try await client.send("POST", Routes.discover(device: id))
            guard let run = accepted["id"]?.string else { return [.failed("device", "the discovery did not start")] }
            let ended = try await JobFollower(client: client).follow(run)
            return [finding(try await client.get(Routes.device(id)), ended)]
        } catch {
            let failure = error as? CommandFailure
            return [
                Finding(
                    verdict: .failed, check: "device", text: failure?.message ?? "\(error)",
                    remedies: [failure?.remedy].compactMap(\.self))
            ]
        }
    }

    private func finding(_ device: JSONValue, _ run: JSONValue) -> Finding {
        let (name, address) = (device["name"]?.string ?? "", device["ip"]?.string ?? "ADDRESS")
        let port = device["port"]?.integer.map { $0 == 161 ? "" : ":\($0)" } ?? ""
        guard JobFollower.status(of: run) != .done else {
            return .good("device", "\(name) answered: \(run["message"]?.string ?? "its interfaces were read")")
        }
        let said = device["last_error"]?.string ?? run["message"]?.string ?? "no reason is known"
        return .failed(
            "device", "\(name) was not read: \(CommandWords.withoutCode(said))",
            "from this host: snmpwalk -v2c -c COMMUNITY \(address)\(port) 1.3.6.1.2.1.1",
            "no answer there either: a silent Cisco needs snmp-server community COMMUNITY RO ACL, and access-list ACL "
                + "permit THIS-HOST; with version 3, the same user and protocols on both sides",
            "an answer there: compare the profile: wardflux profiles show \(device["credential_profile"]?.string ?? "NAME")"
        )
    }
}
