import Discovery
import Inventory
import Listing

/// What an operator says of a device.
struct DeviceChange: Sendable {
    var name: String?
    var address: String?
    var port: Int?
    var deviceType: DeviceType?
    var credentialProfile: Given<String>
    var location: Given<String>
    var tags: [String]?
    var enabled: Bool?

    private static let locationRule = TextRule.text(max: 1000)
    private static let tagRule = TextRule.name(max: 64)
    private static let tagCount = 0...64
    private static let keyRule = TextRule.text(max: 65_536, min: 1)

    /// Reads a new device: name and address must be there.
    init(creating request: APIRequest) throws(Problem) {
        try self.init(request, isNew: true)
    }

    /// Reads a change: what is absent stays.
    init(changing request: APIRequest) throws(Problem) {
        try self.init(request, isNew: false)
    }

    /// Reads the adoption of an orphan: its key, and what is said of the device it becomes.
    static func adopting(_ request: APIRequest) throws(Problem) -> (key: String, change: DeviceChange) {
        var fields = try BodyFields(request)
        let key = fields.required("key", fields.text("key", keyRule))
        let change = DeviceChange(&fields, isNew: false)
        try fields.finish()
        return (key ?? "", change)
    }

    private init(_ request: APIRequest, isNew: Bool) throws(Problem) {
        var fields = try BodyFields(request)
        self.init(&fields, isNew: isNew)
        try fields.finish()
    }

    private init(_ fields: inout BodyFields, isNew: Bool) {
        let (nameField, addressField) = (fields.text("name", .name()), fields.text("ip", .address))
        name = isNew ? fields.required("name", nameField) : fields.notNull("name", nameField)
        address = isNew ? fields.required("ip", addressField) : fields.notNull("ip", addressField)
        port = fields.notNull("port", fields.integer("port", in: 1...65_535))
        deviceType = fields.notNull("device_type", fields.choice("device_type", DeviceType.self))
        credentialProfile = fields.text("credential_profile", .profileName)
        location = fields.text("location", Self.locationRule)
        tags = fields.notNull("tags", fields.texts("tags", Self.tagRule, count: Self.tagCount))
        enabled = fields.notNull("enabled", fields.boolean("enabled"))
    }

    /// The change with name and address in canonical form.
    ///
    /// They pass the same checks as those of an imported file, so that one device cannot be there twice under two
    /// spellings of its address. Throws 422 naming the fields.
    func checked() throws(Problem) -> DeviceChange {
        var checked = self
        var errors: [ProblemError] = []
        if let name {
            do { checked.name = try DeviceDraft.checkedName(name) } catch {
                errors.append(ProblemError(field: "name", value: name, detail: error.message))
            }
        }
        if let address {
            do { checked.address = try DeviceDraft.checkedAddress(address) } catch {
                errors.append(ProblemError(field: "ip", value: address, detail: error.message))
            }
        }
        guard let first = errors.first else { return checked }
        throw Problem.refused(first.detail, remedy: "Correct the fields named in errors.", errors: errors)
    }

    static func schema(isNew: Bool) -> JSONValue {
        Schema.object(members, required: isNew ? ["name", "ip"] : [])
    }

    /// The adoption of an orphan.
    static var adoptionSchema: JSONValue {
        let key = Schema.documented(keyRule.schema, "The key of the orphan.")
        return Schema.object([("key", key)] + members, required: ["key"])
    }

    private static var members: [(name: String, schema: JSONValue)] {
        [
            ("name", TextRule.name().schema), ("ip", TextRule.address.schema),
            ("port", Schema.integer(1...65_535, doc: "UDP port of its SNMP agent; 161 where not given.")),
            ("device_type", Schema.choice(DeviceType.allCases.map(\.rawValue))),
            (
                "credential_profile",
                Schema.documented(
                    Schema.nullable(TextRule.profileName.schema), "Name of a profile; null means `default`.")
            ),
            ("location", Schema.nullable(locationRule.schema)),
            ("tags", Schema.array(tagRule.schema, count: tagCount)),
            ("enabled", Schema.boolean("Jobs leave a device that is off alone.")),
        ]
    }

    /// The device as it is after this change.
    func applied(to stored: Device, at now: Timestamp) -> Device {
        var device = stored
        if let name { device.name = name }
        if let address { device.address = address }
        if let port { device.port = port }
        if let deviceType { device.deviceType = deviceType }
        if credentialProfile.isGiven { device.credentialProfile = credentialProfile.value }
        if location.isGiven { device.location = location.value.flatMap { $0.isEmpty ? nil : $0 } }
        if let tags { device.tags = Set(tags).sorted() }
        if let enabled { device.enabled = enabled }
        if device.address != stored.address || device.port != stored.port { device.status = .unknown }
        if device != stored { device.updatedAt = now }
        return device
    }
}
