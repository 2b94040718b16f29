// swift-tools-version: 6.2
import PackageDescription

// Fuzzers, built with `--sanitize fuzzer` by `script/fuzz`. The library's sources stand here as links, so that the
// product's package needs no sanitizer and this one none of the product's dependencies.
let package = Package(
    name: "wardflux-fuzz",
    targets: [
        .target(name: "CSNMPIO"),
        .target(name: "CSNMPCrypto", linkerSettings: [.linkedLibrary("crypto")]),
        .target(name: "SNMP", dependencies: ["CSNMPIO", "CSNMPCrypto"]),
        .executableTarget(
            name: "FuzzMessages", dependencies: ["SNMP"], swiftSettings: [.unsafeFlags(["-parse-as-library"])]),

        .target(name: "CChecksum"),
        .target(name: "Inventory"),
        .target(name: "Traffic", dependencies: ["Inventory"]),
        .target(name: "Series", dependencies: ["Inventory", "Traffic", "CChecksum"]),
        .executableTarget(
            name: "FuzzBlocks", dependencies: ["Series", "Inventory", "Traffic"],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu2x
)
