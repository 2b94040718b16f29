import Inventory

/// A scope made ready to be asked often.
struct CompiledScope: Sendable {
    private let scope: AlertScope
    private let isOfSystems: Bool
    private let interfaces: [Glob]
    private let aliases: [Glob]
    private let devices: [Glob]
    private let locations: [Glob]
    private let systems: [Glob]
    private let tags: [Glob]
    private let providers: [Glob]

    init(_ scope: AlertScope) {
        self.scope = scope
        var rest = scope
        rest.systems = []
        isOfSystems = rest == AlertScope()
        interfaces = scope.interfaces.map(Glob.init)
        aliases = scope.aliases.map(Glob.init)
        devices = scope.devices.map(Glob.init)
        locations = scope.locations.map(Glob.init)
        systems = scope.systems.map(Glob.init)
        tags = scope.tags.map(Glob.init)
        providers = scope.providers.map(Glob.init)
    }

    func fits(_ interface: Interface, on device: Device) -> Bool {
        guard scope.types.isEmpty || scope.types.contains(interface.interfaceType),
            scope.isCritical == nil || scope.isCritical == interface.isCritical
        else { return false }
        return fits(providers, [interface.ispProvider])
            && fits(interfaces, [interface.facts.ifName, interface.facts.ifDescr])
            && fits(aliases, [interface.facts.ifAlias]) && fitsDevice(device)
    }

    /// A device has no interface: what is said of interfaces does not fit it.
    func fits(_ device: Device) -> Bool {
        scope.types.isEmpty && scope.isCritical == nil && providers.isEmpty && interfaces.isEmpty && aliases.isEmpty
            && fitsDevice(device)
    }

    /// A part of WARD FLUX is neither an interface nor a device: what is said of those does not fit it.
    func fits(system name: String) -> Bool {
        isOfSystems && fits(systems, [name])
    }

    private func fitsDevice(_ device: Device) -> Bool {
        guard systems.isEmpty, scope.deviceTypes.isEmpty || scope.deviceTypes.contains(device.deviceType) else {
            return false
        }
        return fits(devices, [device.name]) && fits(locations, [device.location]) && fits(tags, device.tags)
    }

    private func fits(_ globs: [Glob], _ texts: [String?]) -> Bool {
        globs.isEmpty || globs.contains { glob in texts.contains { $0.map(glob.fits) ?? false } }
    }
}

/// A name with `*` for any text and `?` for any character, compared without case.
struct Glob: Sendable {
    private let pattern: [Character]

    init(_ text: String) {
        pattern = Array(text.lowercased())
    }

    func fits(_ text: String) -> Bool {
        let text = Array(text.lowercased())
        var (place, star, mark) = (0, -1, 0)
        var index = 0
        while index < text.count {
            if place < pattern.count, pattern[place] == "*" {
                (star, mark) = (place, index)
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[index] {
                place += 1
                index += 1
            } else if star >= 0 {
                mark += 1
                (place, index) = (star + 1, mark)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
