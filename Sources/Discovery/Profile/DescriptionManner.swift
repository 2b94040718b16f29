import Inventory

/// A manner in which makers describe their devices, and how to read it.
struct DescriptionManner: Sendable {
    /// Whether a description, with the enterprise number beside it, is in this manner.
    let applies: @Sendable (Description, UInt32?) -> Bool
    /// What it says.
    let read: @Sendable (Description) -> DeviceProfile
}

/// The manners known, looked through in this order; the first that applies is read.
let descriptionManners: [DescriptionManner] = ciscoManners + routerAndSwitchManners + securityManners + hostManners

private let ciscoManners: [DescriptionManner] = [
    DescriptionManner(applies: { text, _ in text.has("Cisco NX-OS") }) { text in
        DeviceProfile(
            vendor: "Cisco", model: text.word { $0.hasPrefix("C9") || $0.hasPrefix("N") && $0.contains("K") },
            osVersion: text.word(after: "Version").map { "NX-OS \($0)" }, deviceType: .switch)
    },
    DescriptionManner(applies: { text, _ in text.has("Cisco IOS XR") }) { text in
        DeviceProfile(
            vendor: "Cisco", model: text.between("Software (", ")"),
            osVersion: text.word(after: "Version").map { "IOS XR \(dropAfterBracket($0))" }, deviceType: .router)
    },
    DescriptionManner(applies: { text, _ in text.has("Cisco Adaptive Security Appliance") }) { text in
        DeviceProfile(
            vendor: "Cisco", osVersion: text.word(after: "Version").map { "ASA \($0)" }, deviceType: .firewall)
    },
    DescriptionManner(applies: { text, _ in text.has("Cisco Firepower") || text.has("Cisco Secure Firewall") }) {
        text in
        DeviceProfile(vendor: "Cisco", osVersion: text.word(after: "Version"), deviceType: .firewall)
    },
    DescriptionManner(applies: { text, _ in text.has("Cisco Controller") }) { _ in
        DeviceProfile(vendor: "Cisco")
    },
    DescriptionManner(applies: { text, _ in text.has("Cisco IOS Software") || text.has("IOS (tm)") }) { text in
        let name = text.has("IOS-XE") || text.has("IOSXE") || text.has("IOS XE") ? "IOS XE" : "IOS"
        return DeviceProfile(
            vendor: "Cisco", model: ciscoModel(text), osVersion: text.word(after: "Version").map { "\(name) \($0)" },
            deviceType: ciscoType(text))
    },
    DescriptionManner(applies: { text, number in number == 9 && text.has("Managed Switch") }) { text in
        DeviceProfile(vendor: "Cisco", model: text.words.first, deviceType: .switch)
    },
]

/// The platform in an IOS description: `C2960X Software (…)`, `Catalyst L3 Switch Software (CAT9K_IOSXE)`.
private func ciscoModel(_ text: Description) -> String? {
    guard let image = text.between("Software (", ")") else { return nil }
    return image.split(whereSeparator: { $0 == "-" || $0 == "_" }).first.map(String.init)
}

private func ciscoType(_ text: Description) -> DeviceType? {
    let model = (ciscoModel(text) ?? "").uppercased()
    let switches = [
        "CAT", "C29", "C35", "C36", "C37", "C38", "C45", "C49", "C65", "C68", "C92", "C93", "C94", "C95", "IE",
    ]
    let routers = [
        "ISR", "ASR", "C8", "C18", "C19", "C28", "C29XX", "C38XX", "C39", "C72", "C76", "CSR", "VIOS", "X86",
    ]
    if text.has("Switch") { return .switch }
    if text.has("C1700 ") || text.has("AP3G") || text.has("Access Point") { return .accessPoint }
    if text.has("C2900 ") || text.has("C2800") || text.has("C3900") || text.has("C3800 ") { return .router }
    if routers.contains(where: model.hasPrefix) && !model.hasPrefix("C29") && !model.hasPrefix("C38") { return .router }
    return switches.contains(where: model.hasPrefix) ? .switch : nil
}

/// `24.1.2[Default]` without the bracket.
private func dropAfterBracket(_ version: String) -> String {
    String(version.prefix { $0 != "[" })
}

private let routerAndSwitchManners: [DescriptionManner] = [
    DescriptionManner(applies: { text, _ in text.begins("Juniper Networks") }) { text in
        let model = text.words.dropFirst(3).first
        return DeviceProfile(
            vendor: "Juniper", model: model, osVersion: text.word(after: "JUNOS").map { "Junos \($0)" },
            deviceType: juniperType((model ?? "").lowercased(), text))
    },
    DescriptionManner(applies: { text, number in number == 2011 || text.has("Huawei Versatile Routing") }) { text in
        DeviceProfile(
            vendor: "Huawei", model: huaweiModel(text),
            osVersion: text.word(after: "Version").map { "VRP \($0)" }, deviceType: huaweiType(text))
    },
    DescriptionManner(applies: { text, _ in text.begins("RouterOS") }) { text in
        let model = text.words.dropFirst().joined(separator: " ")
        return DeviceProfile(vendor: "MikroTik", model: model.isEmpty ? nil : model, deviceType: mikroTikType(model))
    },
    DescriptionManner(applies: { text, _ in text.has("Comware") }) { text in
        DeviceProfile(
            vendor: text.has("HPE ") ? "HPE" : text.has("HP ") ? "HP" : "H3C",
            model: text.word { $0.hasPrefix("A5") || $0.hasPrefix("S5") || $0.hasPrefix("S6") || $0.hasPrefix("S7") },
            osVersion: text.word(after: "Software Version").map { "Comware \($0)" }, deviceType: .switch)
    },
    DescriptionManner(applies: { text, _ in text.begins("Aruba JL") || text.begins("Aruba R0") }) { text in
        DeviceProfile(
            vendor: "Aruba", model: text.words.dropFirst().dropLast().joined(separator: " "),
            osVersion: text.words.last.map { "AOS-CX \($0)" }, deviceType: .switch)
    },
    DescriptionManner(applies: { text, _ in text.has("ArubaOS") }) { text in
        DeviceProfile(
            vendor: "Aruba", model: text.between("MODEL: ", ")"),
            osVersion: text.word(after: "Version").map { "ArubaOS \($0)" })
    },
    DescriptionManner(applies: { text, number in number == 11 && text.has("revision") }) { text in
        DeviceProfile(
            vendor: "HP", model: text.words.dropFirst().prefix(2).joined(separator: " "),
            osVersion: text.word(after: "revision"), deviceType: .switch)
    },
    DescriptionManner(applies: { text, _ in text.begins("Arista Networks") }) { text in
        DeviceProfile(
            vendor: "Arista", model: text.word(after: "running on an Arista Networks"),
            osVersion: text.word(after: "EOS version").map { "EOS \($0)" }, deviceType: .switch)
    },
    DescriptionManner(applies: { text, _ in text.begins("ExtremeXOS") }) { text in
        DeviceProfile(
            vendor: "Extreme Networks", model: text.between("(", ")"),
            osVersion: text.word(after: "version").map { "EXOS \($0)" }, deviceType: .switch)
    },
    DescriptionManner(applies: { text, number in number == 1916 || number == 45 && text.has("Routing Switch") }) {
        text in
        DeviceProfile(
            vendor: "Extreme Networks",
            model: text.word { $0.hasPrefix("VSP") } ?? text.word { $0.hasPrefix("4") || $0.hasPrefix("5") },
            osVersion: text.word(after: "SW:") ?? text.between("(", ")"), deviceType: .switch)
    },
    DescriptionManner(applies: { text, _ in text.has("IronWare") }) { text in
        DeviceProfile(
            vendor: text.has("Extreme") ? "Extreme Networks" : "Brocade", model: text.between("Networks ", ","),
            osVersion: text.word(after: "IronWare Version"), deviceType: text.has("NetIron") ? .router : .switch)
    },
    DescriptionManner(applies: { text, _ in text.has("TiMOS") }) { text in
        DeviceProfile(
            vendor: "Nokia", model: text.between("Nokia ", " Copyright"),
            osVersion: text.word { $0.contains("TiMOS-") }?.filter { $0 != "\"" },
            deviceType: .router)
    },
    DescriptionManner(applies: { text, _ in text.begins("Dell") || text.has("Dell EMC Networking") }) { text in
        DeviceProfile(
            vendor: "Dell", model: text.word(after: "Series") ?? text.word(after: "System Type"),
            osVersion: text.word(after: "Application Software Version") ?? text.word(after: "OS Version"),
            deviceType: .switch)
    },
    DescriptionManner(applies: { text, _ in text.begins("EdgeOS") }) { text in
        DeviceProfile(vendor: "Ubiquiti", osVersion: text.text, deviceType: .router)
    },
    DescriptionManner(applies: { text, _ in text.begins("UAP") || text.begins("U6-") || text.begins("U7-") }) { text in
        DeviceProfile(
            vendor: "Ubiquiti", model: text.words.first, osVersion: text.words.dropFirst().first,
            deviceType: .accessPoint)
    },
    DescriptionManner(applies: { text, number in text.begins("US-") || text.begins("USW") && number != nil }) { text in
        DeviceProfile(
            vendor: "Ubiquiti", model: text.words.first, osVersion: text.word(after: "firmware"), deviceType: .switch)
    },
]

private func juniperType(_ model: String, _ text: Description) -> DeviceType? {
    if model.hasPrefix("srx") || model.hasPrefix("vsrx") || model.hasPrefix("ssg") { return .firewall }
    if model.hasPrefix("ex") || model.hasPrefix("qfx") || text.has("Switch") { return .switch }
    let routers = ["mx", "vmx", "ptx", "acx", "m7", "m1", "m3", "t4", "t6"]
    return routers.contains(where: model.hasPrefix) || text.has("router") ? .router : nil
}

private func huaweiModel(_ text: Description) -> String? {
    guard let inside = text.between("(", ")") else { return nil }
    if inside == "R", let range = text.text.firstRange(of: "Version") {
        return Description(String(text.text[range.upperBound...])).between("(", " V")
    }
    return inside
}

private func huaweiType(_ text: Description) -> DeviceType? {
    if text.has("USG") || text.has("Firewall") || text.has("Eudemon") { return .firewall }
    if text.has("AirEngine") || text.has("Access Point") { return .accessPoint }
    if text.has("Quidway S") || text.has(" S5") || text.has("(S") || text.has("CloudEngine") || text.has(" CE") {
        return .switch
    }
    return text.has("NetEngine") || text.has(" NE") || text.has("(AR") || text.has(" AR") ? .router : nil
}

private func mikroTikType(_ model: String) -> DeviceType {
    let upper = model.uppercased()
    if upper.hasPrefix("CRS") || upper.hasPrefix("CSS") { return .switch }
    return upper.contains("CAP") || upper.contains("WAP") ? .accessPoint : .router
}

private let securityManners: [DescriptionManner] = [
    DescriptionManner(applies: { text, number in number == 12356 || text.has("FortiGate") }) { text in
        let type: DeviceType? = text.has("FortiSwitch") ? .switch : text.has("FortiAP") ? .accessPoint : nil
        return DeviceProfile(
            vendor: "Fortinet", model: text.word { $0.hasPrefix("Forti") },
            osVersion: text.word { $0.hasPrefix("v") && $0.dropFirst().first?.isNumber == true },
            deviceType: type ?? (text.has("FortiGate") ? .firewall : nil))
    },
    DescriptionManner(applies: { text, _ in text.begins("Palo Alto Networks") }) { text in
        DeviceProfile(
            vendor: "Palo Alto Networks", model: text.word { $0.hasPrefix("PA-") || $0.hasPrefix("VM-") },
            deviceType: .firewall)
    },
    DescriptionManner(applies: { text, _ in text.begins("SonicWALL") }) { text in
        DeviceProfile(
            vendor: "SonicWall", model: text.between("SonicWALL ", "("), osVersion: text.between("(", ")"),
            deviceType: .firewall)
    },
    DescriptionManner(applies: { text, _ in text.begins("pfSense") || text.begins("OPNsense") }) { text in
        DeviceProfile(
            vendor: text.words.first, osVersion: text.words.prefix(2).joined(separator: " "), deviceType: .firewall)
    },
    DescriptionManner(applies: { _, number in number == 2620 }) { _ in
        DeviceProfile(vendor: "Check Point", deviceType: .firewall)
    },
]

private let hostManners: [DescriptionManner] = [
    DescriptionManner(applies: { text, _ in text.begins("VMware ESX") }) { text in
        DeviceProfile(
            vendor: "VMware", model: text.words.dropFirst().first,
            osVersion: text.words.dropFirst().prefix(3).joined(separator: " "), deviceType: .server)
    },
    DescriptionManner(applies: { text, _ in text.has("Software: Windows") }) { text in
        DeviceProfile(
            vendor: "Microsoft", osVersion: text.word(after: "Version").map { "Windows \($0)" }, deviceType: .server)
    },
    DescriptionManner(applies: { text, _ in text.begins("Linux ") && text.has("Cumulus") }) { text in
        DeviceProfile(
            vendor: "Cumulus", osVersion: text.words.dropFirst(2).first.map { "Linux \($0)" }, deviceType: .switch)
    },
    DescriptionManner(applies: { text, number in text.begins("Linux ") && number == Enterprise.netSNMP }) { text in
        DeviceProfile(
            vendor: "Linux", osVersion: text.words.dropFirst(2).first.map { "Linux \($0)" }, deviceType: .server)
    },
    DescriptionManner(applies: { text, number in text.begins("FreeBSD") && number == Enterprise.netSNMP }) { text in
        DeviceProfile(vendor: "FreeBSD", osVersion: text.words.dropFirst(2).first.map { "FreeBSD \($0)" })
    },
]
