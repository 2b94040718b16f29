import Inventory

/// The line an operator reads first.
enum AlertMessage {
    /// Of a condition of an interface, a device or a part of WARD FLUX.
    static func text(_ signal: AlertSignal, _ inventory: AlertInventory) -> String {
        switch signal.key.entity {
        case .interface(let id, of: let device):
            let port = inventory.interfaces[id]?.displayName ?? "an interface"
            return text(signal, port: port, device: inventory.devices[device]?.name ?? "a device")
        case .device(let id): return text(signal, device: inventory.devices[id]?.name ?? "a device")
        case .system(let name): return text(signal, system: name)
        }
    }

    private static func text(_ signal: AlertSignal, port: String, device: String) -> String {
        let share = signal.value.map { " (\(percent($0, of: signal.key.condition)))" } ?? ""
        switch signal.key.condition {
        case .interfaceDown: return "Interface \(port) down on \(device) (\(signal.severity.rawValue.uppercased()))"
        case .highUtilization: return "High utilization on \(device) \(port)\(share)"
        case .highErrorRate: return "High error rate on \(device) \(port)\(share)"
        case .highDiscardRate: return "High discard rate on \(device) \(port)\(share)"
        case .interfaceFlapping:
            let time = DurationText.text(signal.rule.withinSeconds ?? 600)
            return "Interface \(port) flapping on \(device) (\(Int(signal.value ?? 0)) changes in \(time))"
        default: return "\(signal.key.condition.words) on \(device) \(port)"
        }
    }

    private static func text(_ signal: AlertSignal, device: String) -> String {
        switch signal.key.condition {
        case .deviceUnreachable: "Device \(device) unreachable (\(signal.severity.rawValue.uppercased()))"
        case .deviceRestarted: "Device \(device) restarted"
        default: "\(signal.key.condition.words) on \(device)"
        }
    }

    private static func text(_ signal: AlertSignal, system: String) -> String {
        switch signal.key.condition {
        case .networkUnreachable: "Nothing of the network answers (\(signal.severity.rawValue.uppercased()))"
        case .diskSpace:
            "Disk of the data directory \(signal.value.map { percent($0, of: .diskSpace) } ?? "almost not") free"
        default: "\(signal.key.condition.words): \(system)"
        }
    }

    /// Whole percents for shares of a line or a disk, two decimals for shares of packets.
    static func percent(_ value: Double, of condition: AlertCondition) -> String {
        guard value.isFinite else { return "unknown" }
        switch condition {
        case .highErrorRate, .highDiscardRate:
            let hundredths = Int((min(100, max(0, value)) * 100).rounded())
            let rest = hundredths % 100
            return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
        default: return "\(Int(min(999, max(0, value)).rounded()))%"
        }
    }
}

extension AlertCondition {
    /// The condition as words: `High utilization`.
    var words: String {
        let words = rawValue.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
