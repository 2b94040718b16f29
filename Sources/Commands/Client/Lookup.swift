import Inventory

/// Finds devices and interfaces by what a person types: an id or a name.
enum Lookup {
    /// The device with this id or exactly this name; case counts only where two names differ by it alone.
    static func device(_ text: String, _ client: APIClient) async throws -> JSONValue {
        if DeviceID(text) != nil { return try await client.get(Routes.device(text)) }
        let found = try await client.list(Routes.devices, [(name: "q", value: text)]).items
        if let exact = found.first(where: { $0["name"]?.string == text }) { return exact }
        let similar = found.filter { $0["name"]?.string?.lowercased() == text.lowercased() }
        if let only = similar.first, similar.count == 1 { return only }
        throw CommandFailure(
            "no device is named '\(text)'", details: suggestions(found.compactMap { $0["name"]?.string }),
            remedy: "`wardflux devices list` shows all of them.")
    }

    /// The id of a device.
    static func deviceID(_ text: String, _ client: APIClient) async throws -> String {
        if DeviceID(text) != nil { return text.lowercased() }
        guard let id = try await device(text, client)["id"]?.string else {
            throw CommandFailure("the server names no id for '\(text)'")
        }
        return id
    }

    /// The interface with this id, or `DEVICE:INTERFACE` by names, description or ifIndex.
    static func interface(_ text: String, _ client: APIClient) async throws -> JSONValue {
        if InterfaceID(text) != nil { return try await client.get(Routes.interface(text)) }
        guard let colon = text.firstIndex(of: ":") else {
            throw CommandFailure(
                "'\(text)' names no interface", remedy: "Write its id, or DEVICE:INTERFACE such as CORE-SW-03:Gi0/0/1.",
                status: .usage)
        }
        let device = String(text[..<colon])
        let name = String(text[text.index(after: colon)...])
        let id = try await deviceID(device, client)
        let items = try await client.list(Routes.interfaces(ofDevice: id)).items
        for member in ["if_name", "if_descr", "if_alias", "if_index"] {
            let matches = items.filter { $0[member]?.plainText == name }
            if let match = matches.first, matches.count == 1 { return match }
            if matches.count > 1 {
                throw CommandFailure(
                    "\(matches.count) interfaces of \(device) have the \(member) '\(name)'",
                    details: matches.prefix(5).map {
                        "\($0["id"]?.plainText ?? "") ifIndex \($0["if_index"]?.plainText ?? "")"
                    },
                    remedy: "Write the id of the one you mean.")
            }
        }
        throw CommandFailure(
            "\(device) has no interface '\(name)'", details: suggestions(items.compactMap { $0["if_name"]?.string }),
            remedy: "`wardflux interfaces list --device \(device)` shows all of them.")
    }

    /// The id of an interface.
    static func interfaceID(_ text: String, _ client: APIClient) async throws -> String {
        if InterfaceID(text) != nil { return text.lowercased() }
        guard let id = try await interface(text, client)["id"]?.string else {
            throw CommandFailure("the server names no id for '\(text)'")
        }
        return id
    }

    private static func suggestions(_ names: [String]) -> [String] {
        names.isEmpty ? [] : ["there are: " + names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")]
    }
}
