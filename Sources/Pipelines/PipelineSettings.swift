public import Discovery
public import Jobs
public import Topology

/// How the jobs of discovery go about their work.
public struct PipelineSettings: Sendable, Hashable {
    /// When all devices are discovered, hourly at :00 by default; nil for only when asked.
    public var discoverAllSchedule: Schedule? = .hourly(minute: 0)
    /// When interfaces that were away long enough are removed, daily at 04:00 by default; nil for only when asked.
    public var cleanUpSchedule: Schedule? = .daily(hour: 4, minute: 0)
    /// When the topology of all devices is discovered, daily at 05:00 by default; nil for only when asked.
    public var discoverTopologySchedule: Schedule? = .daily(hour: 5, minute: 0)
    /// Devices being read at the same time; 1 to 4096.
    public var devicesInFlightMax = 256
    /// Devices written in one transaction at most; 1 to 1000.
    public var batchDevicesMax = 64
    /// Seconds a reading waits for others before it is written; 0.01 to 10.
    public var batchSecondsMax = 0.25
    /// Warnings about single devices that fail anew, in one run, 0 to 10,000; the rest are in the summary.
    public var deviceWarningsMax = 20
    /// Days an interface must be away, its device being discovered all the while, to be removed; 1 to 3650.
    public var cleanUpAfterDays = 7
    /// Milliseconds the first attempt of a request waits for an answer; 50 to 60,000.
    public var timeoutMilliseconds = 1500
    /// Attempts after the first; 0 to 16.
    public var retries = 2
    /// Seconds a whole device may take before it counts as partly read; 1 to 3600.
    public var deviceSecondsMax = 120
    /// Requests under way to one device, 1 to 16; weak agents drop bursts.
    public var requestsInFlightPerDevice = 4
    /// Rows a GETBULK asks for; 1 to 1000.
    public var maxRepetitions = 64
    /// Seconds a resolved host name is used before it is looked up again; 1 to 86,400.
    public var nameSecondsKept = 300.0
    /// Seconds to wait for a host name; 0.1 to 60.
    public var nameSecondsMax = 5.0
    /// Questions a second a sweep asks, in all; 1 to 100,000.
    public var sweepQuestionsPerSecond = 100.0
    /// Addresses a sweep asks at the same time; 1 to 4096.
    public var sweepConcurrency = 64
    /// Addresses of the largest sweep; 1 to 16,777,216.
    public var sweepAddressesMax = AddressRanges.countMaxDefault
    /// What counts as being away.
    public var policy = DiscoveryPolicy()
    /// How topology is made.
    public var topology = TopologySettings()

    /// The defaults.
    public init() {}

    /// Throws `invalidSetting` for the first setting that is out of its range.
    public func check() throws(PipelineError) {
        try check("devicesInFlightMax", Double(devicesInFlightMax), 1...4096)
        try check("batchDevicesMax", Double(batchDevicesMax), 1...1000)
        try check("batchSecondsMax", batchSecondsMax, 0.01...10)
        try check("deviceWarningsMax", Double(deviceWarningsMax), 0...10_000)
        try check("cleanUpAfterDays", Double(cleanUpAfterDays), 1...3650)
        try check("timeoutMilliseconds", Double(timeoutMilliseconds), 50...60_000)
        try check("retries", Double(retries), 0...16)
        try check("deviceSecondsMax", Double(deviceSecondsMax), 1...3600)
        try check("requestsInFlightPerDevice", Double(requestsInFlightPerDevice), 1...16)
        try check("maxRepetitions", Double(maxRepetitions), 1...1000)
        try check("nameSecondsKept", nameSecondsKept, 1...86_400)
        try check("nameSecondsMax", nameSecondsMax, 0.1...60)
        try check("sweepQuestionsPerSecond", sweepQuestionsPerSecond, 1...100_000)
        try check("sweepConcurrency", Double(sweepConcurrency), 1...4096)
        try check("sweepAddressesMax", Double(sweepAddressesMax), 1...Double(AddressRanges.countLimit))
    }

    private func check(_ name: String, _ value: Double, _ range: ClosedRange<Double>) throws(PipelineError) {
        try PipelineError.check(name, value, range)
    }
}

extension PipelineError {
    /// Throws `invalidSetting` where a setting is out of its range, naming it, its value and the range.
    static func check(_ name: String, _ value: Double, _ range: ClosedRange<Double>) throws(PipelineError) {
        guard !range.contains(value) else { return }
        let bounds = "\(Wording.number(range.lowerBound)) to \(Wording.number(range.upperBound))"
        throw PipelineError(.invalidSetting, message: "\(name) is \(Wording.number(value)); set it to \(bounds)")
    }
}
