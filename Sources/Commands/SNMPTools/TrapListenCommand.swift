import ArgumentParser
import Inventory
import ObjectNames
import SNMP

/// `wardflux trap listen`.
struct TrapListenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listen",
        abstract: "Print traps and informs as they come, as snmptrapd does; informs are acknowledged.",
        discussion: """
            A community, a user of version 3, or both say who is believed; everything else is dropped and counted on \
            standard error at the end. Ends at Ctrl-C, or after --count.
            """)

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where to listen; port 0 takes a free one. (default: port 162 of all addresses)", valueName: "address:port"),
        transform: { text throws(ValidationError) in
            guard let address = TransportAddress(parsing: text, defaultPort: TransportAddress.notificationPort) else {
                throw ValidationError("'\(text)' is no address; write it as 127.0.0.1:162 or [::1]:162")
            }
            return address
        })
    var bind: TransportAddress?

    @OptionGroup var community: CommunityOptions
    @OptionGroup var user: UserOptions

    @Flag(name: .long, help: "Accept any community; each notification says whether its own is known.")
    var anyCommunity = false

    @Option(name: .long, help: "End after this many notifications.")
    var count: Int?

    @Flag(name: .long, help: "Print numbers in place of names.")
    var numeric = false

    @Flag(name: .long, help: "Print one JSON object a line for each notification.")
    var json = false

    mutating func validate() throws {
        if let count, count < 1 { throw ValidationError("--count is at least 1.") }
        if user.user == nil, let option = user.given.first {
            throw ValidationError("\(option) belongs to version 3; give --user NAME too.")
        }
    }

    func run() async throws {
        var configuration = NotificationConfiguration()
        if let bind { configuration.addresses = [bind] }
        configuration.access = try access()
        let listener: NotificationListener
        do { listener = try NotificationListener(configuration) } catch {
            let remedy = "Ports below 1024 need root or CAP_NET_BIND_SERVICE; --bind takes another one."
            throw CommandFailure("cannot listen: \(error)", remedy: remedy)
        }
        defer { listener.shutdown() }
        let console = Console.current
        for address in listener.addresses { console.errorLine("listening on \(address)") }
        let printer = NotificationPrinter(text: ValueText(names: numeric ? nil : .standard), json: json)
        let isDone = await print(listener, printer, console)
        if let told = Self.dropped(listener.statistics) { console.errorLine("warning: \(told)") }
        if count != nil, !isDone { throw QuietExit(status: .interrupted) }
    }

    /// Prints until `count` is reached or nobody reads any more, or a signal comes, which is false.
    private func print(
        _ listener: NotificationListener, _ printer: NotificationPrinter, _ console: Console
    ) async -> Bool {
        let limit = count
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                var left = limit ?? Int.max
                for await batch in listener.notifications {
                    let shown = batch.prefix(left)
                    console.write(shown.map { printer.text($0) + "\n" }.joined())
                    left -= shown.count
                    if left == 0 || StandardOutput.readerHasGone { break }
                }
                return true
            }
            group.addTask {
                await Interruption.wait()
                return false
            }
            let isDone = await group.next() ?? true
            group.cancelAll()
            return isDone
        }
    }

    private func access() throws -> NotificationAccess {
        var access = NotificationAccess()
        access.acceptsUnknownCommunities = anyCommunity
        if let community = try community.given() { access.communities = [Community(community.reveal())] }
        if user.user != nil { access.users = [try user.required()] }
        guard anyCommunity || !access.communities.isEmpty || !access.users.isEmpty else {
            throw CommandFailure(
                "nobody is believed",
                remedy: "Give --community-file FILE, --user NAME with its pass phrases, or --any-community.",
                status: .usage)
        }
        return access
    }

    /// What was not printed, and why; nil where nothing was dropped.
    static func dropped(_ counted: NotificationStatistics) -> String? {
        let reasons: [(UInt64, String)] = [
            (counted.wrongCommunity, "with another community"), (counted.unknownUser, "of an unknown user"),
            (counted.unauthenticated, "that do not prove to be of their user"),
            (counted.undecodable, "that are not SNMP"), (counted.wrongType, "that are no notifications"),
            (counted.rateLimited, "above the rate"), (counted.dropped, "that waited too long"),
            (counted.kernelDrops, "dropped by the kernel"),
        ]
        let told = reasons.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return told.isEmpty ? nil : "not shown: " + told.joined(separator: ", ")
    }
}
