// swift-tools-version: 6.2
import PackageDescription

/// What the compiler holds every room to: the layering is checked, not only described.
let houseRules: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

/// A room of the house: a target under `Sources/`, importing only what is named here.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: houseRules)
}

/// The tests of one room, under `Tests/`.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: houseRules)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "wardflux",
    products: [
        .executable(name: "wardflux", targets: ["wardflux"]),
        .executable(name: "wardflux-bench", targets: ["wardflux-bench"]),
        .library(name: "SNMP", targets: ["SNMP"]),
    ],
    traits: [
        // The catalog in PostgreSQL, by libpq.
        .trait(name: "PostgreSQL"),
        // Jobs, events and a cache among the processes of a cluster, by hiredis.
        .trait(name: "Redis"),
        .default(enabledTraits: ["PostgreSQL", "Redis"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // The protocol, usable alone.
        .target(name: "CSNMPIO"),
        .target(name: "CSNMPCrypto", linkerSettings: [.linkedLibrary("crypto")]),
        room("SNMP", ["CSNMPIO", "CSNMPCrypto"]),
        room("ObjectNames", ["SNMP"]),
        room("SNMPLab", ["CSNMPIO", "CSNMPCrypto"]),

        // The nouns and what is made of them.
        room("Inventory"),
        room("Catalog", ["Inventory"]),
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
        .target(name: "CRuleFile"),
        room("RuleText", ["CRE2", yams]),
        room("Classification", ["Inventory", "RuleText", "CRE2", "CRuleFile", yams]),
        room("Discovery", ["Inventory", "Catalog", "SNMP"]),
        room("Topology", ["Inventory", "Catalog", "Discovery"]),
        room("Vault", ["Inventory", crypto]),
        room("Listing", ["Inventory"]),

        // Traffic: from counters to rates, and where both are kept.
        .target(name: "CChecksum"),
        room("Traffic", ["Inventory"]),
        room("Series", ["Inventory", "Traffic", "CChecksum"]),
        room("SeriesTestKit", ["Series", "Inventory", "Traffic"]),
        room("SeriesEmbedded", ["Series", "Inventory", "Traffic", grdb, grdbSQLite]),
        room(
            "SeriesVictoria", ["Series", "Inventory", "Traffic", grdb, asyncHTTPClient, nioCore, nioHTTP1, logging]),

        // What is usual, and what is not.
        room("Baselines", ["Inventory", "Traffic", "CChecksum"]),

        // What is wrong, who is told, and how.
        room("Alerting", ["Inventory", "Traffic", "RuleText", "CRuleFile", yams]),
        room(
            "Notifiers",
            [
                "Alerting", "Inventory", "Listing", asyncHTTPClient, crypto, mustache, nioCore, nioHTTP1, nioPosix,
                nioSSL, nioTLS,
            ]),

        // Stores, jobs, and the pipelines made of them.
        room("CatalogRows", ["Catalog", "Inventory"]),
        room("Sockets"),
        room("Cluster", ["Inventory"]),
        room("ClusterTestKit", ["Cluster", "Inventory"]),
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        room(
            "ClusterRedis",
            ["Cluster", "Inventory", "Sockets", .target(name: "CHiredis", condition: .when(traits: ["Redis"]))]),
        room("CatalogSQLite", ["Catalog", "CatalogRows", "Inventory", grdb, grdbSQLite]),
        .systemLibrary(name: "CPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        room(
            "CatalogPostgres",
            [
                "Catalog", "CatalogRows", "Cluster", "Inventory", "Sockets",
                .target(name: "CPQ", condition: .when(traits: ["PostgreSQL"])),
            ]),
        room("CatalogTestKit", ["Catalog", "Inventory"]),
        room("Jobs", ["Inventory", "Catalog", logging]),
        room(
            "Pipelines",
            [
                "Inventory", "Catalog", "Jobs", "Discovery", "Classification", "SNMP", "Topology", "Vault", "Traffic",
                "Series", "Baselines", "Alerting", logging,
            ]),

        // What people and programs see.
        room(
            "API",
            [
                "Inventory", "Catalog", "Listing", "Jobs", "Classification", "RuleText", "Discovery", "Topology",
                "Traffic", "Series", "Baselines", "Alerting", hummingbird, httpTypes, nioCore, logging,
            ]),
        .target(name: "CDashboard", linkerSettings: [.linkedLibrary("z")]),
        room("Dashboard", ["API", "CDashboard", crypto]),
        room(
            "Server",
            [
                "API", "Dashboard", "Listing", "Inventory", "Catalog", "CatalogPostgres", "CatalogSQLite", "Cluster",
                "ClusterRedis", "Vault", "Classification",
                "RuleText",
                "Discovery", "Jobs", "Pipelines", "SNMP", "Topology", "Traffic", "Series", "SeriesEmbedded",
                "SeriesVictoria", "Baselines", "Alerting", "Notifiers", configuration, hummingbird, lifecycle,
                unixSignals, logging, nioCore, yams,
            ]),
        .target(name: "CHost"),
        room("Backup", ["Inventory", crypto, grdb, grdbSQLite]),
        room(
            "Commands",
            [
                "API", "Backup", "CHost", "Server", "Listing", "Inventory", "Catalog", "Classification", "RuleText",
                "Discovery", "Jobs", "ObjectNames", "Series", "SNMP", "SNMPLab", "Vault", "Baselines", argumentParser,
                asyncHTTPClient,
                nioCore, nioHTTP1, unixSignals, logging,
            ]),
        .executableTarget(name: "wardflux", dependencies: ["Commands"], swiftSettings: houseRules),
        .executableTarget(
            name: "wardflux-bench",
            dependencies: [
                "SNMP", "Catalog", "CatalogPostgres", "CatalogSQLite", "Jobs", "Pipelines", "Classification",
                "Inventory", "Series",
                "SeriesEmbedded", "Topology",
                "Traffic", "Baselines", "Alerting", "Notifiers", logging,
            ],
            swiftSettings: houseRules),

        tests("BackupTests", ["Backup", "Inventory", grdb, grdbSQLite]),
        tests("SNMPTests", ["SNMP"]),
        tests("ObjectNamesTests", ["ObjectNames", "SNMP"]),
        tests("SNMPLabTests", ["SNMPLab", "CSNMPIO"]),
        tests("InventoryTests", ["Inventory"]),
        tests("TrafficTests", ["Traffic", "Inventory"]),
        tests("SeriesTests", ["Series", "SeriesTestKit", "Traffic", "Inventory"]),
        tests(
            "SeriesEmbeddedTests",
            ["SeriesEmbedded", "Series", "SeriesTestKit", "Traffic", "Inventory", grdb]),
        tests(
            "SeriesVictoriaTests",
            ["SeriesVictoria", "Series", "SeriesTestKit", "Traffic", "Inventory", logging]),
        tests("ClassificationTests", ["Classification", "Inventory", "RuleText", "SNMPLab"]),
        tests("DiscoveryTests", ["Discovery", "Catalog", "Inventory", "SNMP"]),
        tests("TopologyTests", ["Topology", "Catalog", "Discovery", "Inventory"]),
        tests("BaselinesTests", ["Baselines", "Inventory", "Traffic"]),
        tests("AlertingTests", ["Alerting", "Inventory", "RuleText", "Traffic"]),
        tests("NotifiersTests", ["Notifiers", "Alerting", "Inventory", "Listing", asyncHTTPClient, nioCore]),
        tests("VaultTests", ["Vault", "Inventory"]),
        tests(
            "CatalogSQLiteTests",
            ["CatalogSQLite", "CatalogRows", "CatalogTestKit", "Catalog", "Discovery", "Inventory", grdb]),
        tests(
            "CatalogPostgresTests",
            [
                "CatalogPostgres", "CatalogRows", "CatalogSQLite", "CatalogTestKit", "Catalog", "Cluster",
                "ClusterTestKit", "Inventory", "Sockets",
            ]),
        tests("ClusterTests", ["Cluster", "ClusterTestKit", "Inventory"]),
        tests("ClusterRedisTests", ["ClusterRedis", "Cluster", "ClusterTestKit", "Inventory"]),
        tests("JobsTests", ["Jobs", "Catalog", "Inventory", logging]),
        tests(
            "PipelinesTests",
            [
                "CatalogSQLite",
                "Alerting", "Pipelines", "Jobs", "Catalog", "Discovery", "Classification", "Inventory", "SNMP",
                "SNMPLab",
                "Series", "SeriesTestKit", "Traffic", "Baselines", logging,
            ]),
        tests("ListingTests", ["Listing", "Inventory"]),
        tests(
            "APITests",
            [
                "API", "Listing", "Jobs", "Catalog", "CatalogSQLite", "Classification", "RuleText", "Discovery",
                "Inventory",
                "Series", "SeriesTestKit", "Topology", "Traffic", "Baselines", "Alerting", logging,
            ]),
        tests("DashboardTests", ["Dashboard", "API"]),
        tests(
            "ServerTests",
            [
                "Server", "API", "Listing", "Pipelines", "Jobs", "Catalog", "CatalogSQLite", "Classification",
                "RuleText", "Inventory", "Series", "SeriesTestKit", "SNMP", "Traffic", "Vault", "Baselines", "Alerting",
                "Notifiers", logging,
            ]),
        tests(
            "CommandsTests",
            [
                "Commands", "API", "Server", "Classification", "Discovery", "ObjectNames", "SNMP", "SNMPLab",
                "Series", "SeriesTestKit", "Traffic", "Inventory", argumentParser,
            ]),
        tests("TidyTests", []),
    ],
    cLanguageStandard: .gnu2x
)
