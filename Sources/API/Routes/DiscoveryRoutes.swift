import Catalog
import Inventory
import Jobs
import Listing

/// Names of the jobs that routes start.
enum JobNames {
    /// Discovers all enabled devices.
    static let discoverAll = "discover-all-interfaces"
    /// Discovers one device: its subject.
    static let discoverDevice = "discover-device-interfaces"
    /// Looks for devices in ranges of addresses.
    static let sweep = "sweep"
    /// Applies the rules in force to all interfaces.
    static let reclassify = "reclassify-interfaces"
    /// Reads the neighbours of all enabled devices.
    static let discoverTopology = "discover-topology"
    /// Reads the neighbours of one device: its subject.
    static let discoverDeviceTopology = "discover-device-topology"
}

/// `/interfaces/discover`: discovery now.
struct DiscoveryRoutes: RouteGroup {
    let state: APIState

    var routes: [Route] {
        [discoverAll, discoverOne]
    }

    private var discoverAll: Route {
        Route(
            method: "POST", path: "/interfaces/discover/all", operation: "discoverAllInterfaces", tag: "interfaces",
            summary: "Discovers the interfaces of all enabled devices now.",
            answers: [AnswerDescriptions.accepted]
        ) { _ in
            try await JobStarter(state: state).start(JobNames.discoverAll)
        }
    }

    private var discoverOne: Route {
        Route(
            method: "POST", path: "/interfaces/discover/{id}", operation: "discoverInterfacesOfDevice",
            tag: "interfaces", summary: "Discovers the interfaces of one device now.",
            pathParameters: [PathParameters.id("Id of the device.")],
            answers: [
                AnswerDescriptions.accepted, CommonAnswers.problem(409, "The device is switched off."),
            ]
        ) { call in
            let device = try await DeviceLookup.requireEnabled(call, state)
            return try await JobStarter(state: state).start(JobNames.discoverDevice, subject: "\(device.id)")
        }
    }
}

/// Starts jobs for routes.
struct JobStarter: Sendable {
    let state: APIState

    /// Starts a job, or finds it at work already: either way the answer names the run to follow.
    func start(_ job: String, subject: String? = nil, parameters: [String: String] = [:]) async throws -> APIResponse {
        switch try await state.services.jobs.start(job: job, subject: subject, parameters: parameters) {
        case .started(let run), .alreadyRunning(let run): return Answers.accepted(run)
        }
    }
}

/// Finds devices for routes.
enum DeviceLookup {
    static let thing = PathThing(
        name: "device", remedy: "GET /api/v1/devices shows the devices with their ids.")

    /// The device that a path names; throws where there is none.
    static func require(_ call: Call, _ state: APIState) async throws -> Device {
        try await thing.require(call) { id in
            let found = try await state.services.catalog.devices(.ids([id]))
            return found.first
        }
    }

    /// The device that a path names, which jobs do not leave alone; throws where there is none, or it is off.
    static func requireEnabled(_ call: Call, _ state: APIState) async throws -> Device {
        let device = try await require(call, state)
        guard device.enabled else {
            throw Problem.conflict(
                "\(device.name) is switched off", remedy: "PATCH the device with {\"enabled\": true} first.")
        }
        return device
    }

    static func missing(_ id: String) -> Problem { thing.missing(id) }
}
