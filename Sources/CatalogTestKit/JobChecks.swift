import Catalog
import Inventory

extension CatalogContract {
    static let jobRunChecks: [Check] = [
        Check("job runs come latest first, by the time they were due, then id") { catalog in
            let runs = [3, 1, 2, 2].map { Specimens.run("discover", $0) }
            for run in runs { try await catalog.saveJobRun(run) }
            let expected = runs.sorted { ($0.scheduledAt, $0.id) > ($1.scheduledAt, $1.id) }
            try expectEqual(try await catalog.jobRuns(JobRunQuery(limit: 10)), expected, "runs")
            try expectEqual(
                try await catalog.jobRuns(JobRunQuery(limit: 2)), Array(expected.prefix(2)), "the latest two runs")
        },
        Check("job runs are filtered by job and state") { catalog in
            let runs = [
                Specimens.run("discover", 4, .running), Specimens.run("cleanup", 3, .succeeded),
                Specimens.run("discover", 2, .failed), Specimens.run("discover", 1, .succeeded),
            ]
            for run in runs { try await catalog.saveJobRun(run) }
            func found(_ job: String?, _ states: Set<JobState>) async throws -> [JobRun] {
                var query = JobRunQuery(job: job, limit: 10)
                query.states = states
                return try await catalog.jobRuns(query)
            }
            try expectEqual(try await found("discover", []), [runs[0], runs[2], runs[3]], "runs of a job")
            try expectEqual(try await found(nil, [.succeeded]), [runs[1], runs[3]], "runs in a state")
            try expectEqual(try await found("discover", [.succeeded, .failed]), [runs[2], runs[3]], "runs by both")
            try expectEqual(try await found("ghost", []), [], "runs of an unknown job")
        },
        Check("every field of a run comes back, and saving it again replaces it") { catalog in
            for (number, state) in JobState.allCases.enumerated() {
                var run = Specimens.run("discover-one-device", Int64(number), subject: "🏦", state)
                run.trigger = JobTrigger.allCases[number % JobTrigger.allCases.count]
                run.startedAt = Specimens.noon
                run.done = 3
                run.total = Int(Int32.max) * 2
                run.message = ""
                run.results = ["interfaces_discovered": 42_048, "b": -1, "ключ \"x\"": .max]
                run.owner = "host:4711"
                try await catalog.saveJobRun(run)
                try expectEqual(try await catalog.jobRun(run.id), run, "run in state \(state)")
                let emptied = JobRun(id: run.id, job: "other", trigger: .manual, scheduledAt: Specimens.noon)
                try await catalog.saveJobRun(emptied)
                try expectEqual(try await catalog.jobRun(run.id), emptied, "run replaced")
            }
            try expectEqual(try await catalog.jobRun(.random()), nil, "an unknown run")
        },
        Check("old final runs are removed but for the latest of each job and subject") { catalog in
            let kept = [
                Specimens.run("discover", 200, .succeeded), Specimens.run("discover", 99, .running),
                Specimens.run("learn", 1, .failed), Specimens.run("one", 5, subject: "a", .succeeded),
                Specimens.run("one", 6, subject: "b", .succeeded),
            ]
            let removed = [
                Specimens.run("discover", 3, .succeeded), Specimens.run("discover", 4, .abandoned),
                Specimens.run("one", 4, subject: "a", .cancelled),
            ]
            for run in kept + removed { try await catalog.saveJobRun(run) }
            let time = Specimens.noon.advanced(bySeconds: 6000)
            try expectEqual(try await catalog.removeJobRuns(endedBefore: time), 3, "count of removed runs")
            let expected = kept.sorted { ($0.scheduledAt, $0.id) > ($1.scheduledAt, $1.id) }
            try expectEqual(try await catalog.jobRuns(JobRunQuery(limit: 100)), expected, "runs left")
            try expectEqual(try await catalog.removeJobRuns(endedBefore: time), 0, "count of runs removed again")
        },
        Check("the latest final run stays while a later one is at work") { catalog in
            let (ended, running) = (Specimens.run("learn", 1, .succeeded), Specimens.run("learn", 2, .running))
            for run in [ended, running] { try await catalog.saveJobRun(run) }
            let time = Specimens.noon.advanced(bySeconds: 6000)
            try expectEqual(try await catalog.removeJobRuns(endedBefore: time), 0, "count of removed runs")
        },
    ]

    static let jobLockChecks: [Check] = [
        Check("a lock keeps other holders out until its time") { catalog in
            let (now, until) = (Specimens.noon, Specimens.noon.advanced(bySeconds: 60))
            func lock(_ key: String, _ holder: String, at time: Timestamp) async throws -> Bool {
                let end = time.advanced(bySeconds: 60)
                return try await catalog.lockJob(key, holder: holder, now: time, until: end)
            }
            try expect(try await lock("discover", "a", at: now), "a free lock is taken")
            try expect(!(try await lock("discover", "b", at: now)), "a held lock is not taken by another")
            let last = until.advanced(bySeconds: -0.001)
            try expect(!(try await lock("discover", "b", at: last)), "a lock is held to the last millisecond")
            try expect(try await lock("cleanup", "b", at: now), "the lock of another job is free")
            try expect(try await lock("discover", "b", at: until), "an expired lock is taken")
            try expect(!(try await lock("discover", "a", at: until)), "the former holder has lost it")
        },
        Check("the holder renews its lock") { catalog in
            let times = [0.0, 50, 100, 150].map { Specimens.noon.advanced(bySeconds: $0) }
            for time in times.dropLast() {
                let end = time.advanced(bySeconds: 60)
                try expect(
                    try await catalog.lockJob("discover", holder: "a", now: time, until: end), "renewed at \(time)")
            }
            try expect(
                !(try await catalog.lockJob(
                    "discover", holder: "b", now: times[3], until: times[3].advanced(bySeconds: 60))),
                "a renewed lock keeps others out")
        },
        Check("only the holder gives a lock back") { catalog in
            let (now, until) = (Specimens.noon, Specimens.noon.advanced(bySeconds: 60))
            _ = try await catalog.lockJob("discover", holder: "a", now: now, until: until)
            try await catalog.unlockJob("discover", holder: "b")
            try await catalog.unlockJob("cleanup", holder: "a")
            try expect(
                !(try await catalog.lockJob("discover", holder: "b", now: now, until: until)), "others cannot unlock")
            try await catalog.unlockJob("discover", holder: "a")
            try expect(
                try await catalog.lockJob("discover", holder: "b", now: now, until: until), "an unlocked lock is free")
        },
        Check("a lock from a clock that ran far ahead is void") { catalog in
            let now = Specimens.noon
            let ahead = now.advanced(bySeconds: 86_400)
            try expect(
                try await catalog.lockJob("discover", holder: "a", now: ahead, until: ahead.advanced(bySeconds: 60)),
                "a lock taken while the clock is a day ahead")
            let end = now.advanced(bySeconds: 3600)
            try expect(
                try await catalog.lockJob("discover", holder: "b", now: now, until: end),
                "once the clock is right, the lock is free")
            try expect(
                !(try await catalog.lockJob("discover", holder: "c", now: now, until: end)),
                "a lock of an hour is held")
        },
        Check("of many who ask at once, one gets the lock") { catalog in
            let (now, until) = (Specimens.noon, Specimens.noon.advanced(bySeconds: 60))
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try await catalog.lockJob("discover", holder: "h\(number)", now: now, until: until)
                    }
                }
                return try await group.reduce(into: 0) { count, won in count += won ? 1 : 0 }
            }
            try expectEqual(winners, 1, "count of winners")
        },
    ]
}
