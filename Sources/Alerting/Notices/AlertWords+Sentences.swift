public import Inventory

extension AlertWords {
    /// What happened, since when, what is known of it and what to do: sentences for whoever is woken by it.
    public static func description(of alert: Alert) -> String {
        var sentences = [opening(alert)]
        sentences += standing(alert)
        if let cause = alert.context.cause { sentences.append(sentence(cause.reason)) }
        if alert.cause == nil, let last = alert.context.before.first {
            sentences.append("Before it, at \(clock(last.at)): \(last.text).")
        }
        if alert.context.relapses > 0 { sentences.append("It came back \(times(alert.context.relapses)).") }
        if let over = alert.resolvedAt {
            sentences.append("It was over at \(clock(over)), after \(length(over.secondsSince(alert.startedAt))).")
        } else if let said = alert.acknowledgement {
            sentences.append("\(said.by ?? "Somebody") sees to it\(said.note.map { ": \($0)" } ?? "").")
        }
        return sentences.filter { !$0.isEmpty }.joined(separator: " ")
    }

    // MARK: - What happened

    private static func opening(_ alert: Alert) -> String {
        let since = "since \(clock(alert.startedAt))"
        let (port, device) = (port(alert), alert.context.device?.name ?? "a device")
        let verb = alert.isOpen ? "is" : "was"
        switch alert.condition {
        case .interfaceDown:
            return "\(port) on \(device) \(verb) down \(since), though it is switched on and was up before."
        case .highUtilization:
            return "\(port) on \(device) \(verb) busier than it should be \(since)\(measured(alert))."
        case .highErrorRate: return "\(port) on \(device) \(verb) damaging packets \(since)\(measured(alert))."
        case .highDiscardRate: return "\(port) on \(device) \(verb) throwing packets away \(since)\(measured(alert))."
        case .interfaceFlapping: return "\(port) on \(device) \(verb) going up and down again and again \(since)."
        case .deviceUnreachable:
            let address = alert.context.device.map { " (\($0.address))" } ?? ""
            return "\(device)\(address) \(alert.isOpen ? "has not answered" : "did not answer") \(since)."
        case .deviceRestarted: return "\(device) started anew at \(clock(alert.startedAt))."
        case .networkUnreachable:
            return
                "Nothing that is asked \(alert.isOpen ? "has answered" : "answered") \(since): the poller is cut off."
        case .diskSpace:
            return "The disk of the data directory \(verb) nearly full \(since)\(measured(alert, "free"))."
        case .speedChanged, .duplexChanged, .neighborChanged, .neighborLost, .anomaly, .storeTrouble, .jobTrouble:
            return sentence(alert.message.isEmpty ? alert.condition.words : alert.message)
        }
    }

    /// `: 93%, limit 80%`; nothing where nothing was measured.
    private static func measured(_ alert: Alert, _ what: String = "") -> String {
        guard let value = alert.context.worst ?? alert.value else { return "" }
        let name = what.isEmpty ? "" : " \(what)"
        let limit = alert.threshold.map { ", limit \(AlertMessage.percent($0, of: alert.condition))" } ?? ""
        return ": \(AlertMessage.percent(value, of: alert.condition))\(name)\(limit)"
    }

    /// `Gi0/0/1 (Uplink Tbilisi)`.
    private static func port(_ alert: Alert) -> String {
        guard let interface = alert.context.interface else { return "An interface" }
        guard let alias = interface.alias, !alias.isEmpty, alias != interface.name else { return interface.name }
        return "\(interface.name) (\(alias))"
    }

    // MARK: - What is known

    private static func standing(_ alert: Alert) -> [String] {
        var sentences: [String] = []
        if let interface = alert.context.interface {
            if let far = interface.neighborName {
                sentences.append("At its far end is \(far)\(interface.neighborPort.map { ", port \($0)" } ?? "").")
            }
            if let provider = interface.provider { sentences.append("It is a line of the provider \(provider).") }
        }
        if let place = alert.context.device?.location, !place.isEmpty { sentences.append("It stands at \(place).") }
        sentences += alert.context.facts.filter { $0.name == whyFact }.prefix(2).map { sentence($0.text) }
        return sentences
    }

    /// The name of facts that are sentences of an explanation.
    public static let whyFact = "why"

    // MARK: - Words

    private static func sentence(_ text: String) -> String {
        guard let last = text.last else { return "" }
        return ".!?".contains(last) ? text : text + "."
    }

    private static func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }

    /// `2026-03-01 04:00:00 UTC`.
    private static func clock(_ time: Timestamp) -> String {
        let civil = CivilTime(secondsSince1970: time.seconds)
        return "\(civil.isoDate) \(civil.isoTime) UTC"
    }

    /// `12 minutes`, `3 hours`: the largest unit of which there are two.
    static func length(_ seconds: Double) -> String {
        let whole = Int(max(0, seconds).rounded())
        for (size, unit) in [(86_400, "days"), (3_600, "hours"), (60, "minutes")] where whole >= 2 * size {
            return "\(whole / size) \(unit)"
        }
        return whole == 1 ? "1 second" : "\(whole) seconds"
    }
}

extension Alert {
    fileprivate var cause: AlertCause? { context.cause }
}
