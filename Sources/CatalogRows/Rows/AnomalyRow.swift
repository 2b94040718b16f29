package import Catalog
package import Inventory

extension Anomaly: TableRow {
    package static let table = "anomalies"
    package static let columns = [
        "id", "interface_id", "incident_id", "direction", "measure", "mode", "kind", "pattern", "severity", "state",
        "started_at", "last_at", "ended_at", "peak_at", "score", "actual", "expected", "low", "high", "confidence",
        "message", "explanation",
    ]

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.id(interfaceID)
        sink.id(incidentID)
        sink.text(side.direction.rawValue)
        sink.text(side.measure.rawValue)
        sink.text(mode.rawValue)
        sink.text(kind.rawValue)
        sink.text(pattern.rawValue)
        sink.text(severity.rawValue)
        sink.text(state.rawValue)
        for time in [startedAt, lastAt, endedAt, peakAt] { sink.time(time) }
        for number in [score, actual, expected, low, high, confidence] { sink.real(number) }
        sink.text(message)
        sink.text(explanation.json)
    }

    package init(reading row: inout some ColumnReading) throws {
        let (id, interface) = (try row.requiredID(Anomaly.self), try row.requiredID(Interface.self))
        let incident = try row.id(Incident.self)
        let side = TrafficSide(try row.word(), try row.word())
        let mode: DetectionMode = try row.word()
        let (kind, pattern): (AnomalyKind, AnomalyPattern) = (try row.word(), try row.word())
        let (severity, state): (AnomalySeverity, AnomalyState) = (try row.word(), try row.word())
        self.init(id: id, interfaceID: interface, side: side, mode: mode, at: try row.requiredTime())
        incidentID = incident
        (self.kind, self.pattern, self.severity, self.state) = (kind, pattern, severity, state)
        lastAt = try row.requiredTime()
        endedAt = try row.time()
        peakAt = try row.requiredTime()
        (score, actual, expected, low, high) = (row.real(), row.real(), row.real(), row.real(), row.real())
        confidence = row.real()
        message = row.requiredText()
        explanation = try row.json("an explanation of an anomaly") { try AnomalyExplanation(reading: &$0) }
    }

    /// Throws `invalidValue` where a number is not finite: nobody could read it again, nor is it true.
    package func requireFinite() throws(CatalogError) {
        let numbers = [
            ("score", score), ("actual", actual), ("expected", expected), ("low", low), ("high", high),
            ("confidence", confidence), ("explanation.offset_factor", explanation.offsetFactor),
            ("explanation.other.score", explanation.other?.score), ("explanation.peer_actual", explanation.peerActual),
            ("explanation.peer_expected", explanation.peerExpected),
            ("explanation.error_percent", explanation.errorPercent),
            ("explanation.discard_percent", explanation.discardPercent),
            ("explanation.line_speed", explanation.lineSpeed),
        ]
        let weeks = explanation.sameHourLastWeeks.map { ("explanation.same_hour_last_weeks", $0) }
        for (name, number) in numbers + weeks {
            guard let number, !number.isFinite else { continue }
            throw CatalogError(
                .invalidValue, operation: "saving anomalies",
                message: "anomalies.\(name) = \(number) of anomaly \(id); a number is finite, or left out if unknown")
        }
    }
}

extension AnomalyExplanation {
    /// `{"same_hour_last_weeks":[3.1e8,null],"visits":4,…,"sentences":["…"]}`.
    fileprivate var json: String {
        let weeks = sameHourLastWeeks.map { $0.map { "\($0)" } ?? "null" }.joined(separator: ",")
        var object = JSONObjectText()
        object.add("duration", duration?.rawValue)
        object.add("same_hour_last_weeks", json: "[\(weeks)]")
        object.add("visits", Int64(visits))
        object.add("confidence_word", confidenceWord)
        object.add("offset_factor", offsetFactor)
        object.add("other", json: other?.json)
        object.add("peer_actual", peerActual)
        object.add("peer_expected", peerExpected)
        object.add("oper_status", operStatus.map { Int64($0) })
        object.add("error_percent", errorPercent)
        object.add("discard_percent", discardPercent)
        object.add("line_speed", lineSpeed)
        object.add("time_context", timeContext)
        object.add("sentences", json: JSONText.list(sentences))
        return object.closed
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        self.init()
        try cursor.object { name, value in
            switch name {
            case "duration": duration = AnomalyDuration(rawValue: try value.string())
            case "same_hour_last_weeks":
                try value.array { sameHourLastWeeks.append(try $0.isNull() ? nil : try $0.number()) }
            case "visits": visits = Int(try value.integer())
            case "confidence_word": confidenceWord = try value.string()
            case "offset_factor": offsetFactor = try value.number()
            case "other": other = try OtherVerdict(reading: &value)
            case "peer_actual": peerActual = try value.number()
            case "peer_expected": peerExpected = try value.number()
            case "oper_status": operStatus = Int(try value.integer())
            case "error_percent": errorPercent = try value.number()
            case "discard_percent": discardPercent = try value.number()
            case "line_speed": lineSpeed = try value.number()
            case "time_context": timeContext = try value.string()
            case "sentences": sentences = try value.strings()
            default: try value.skip()
            }
        }
    }
}

extension OtherVerdict {
    fileprivate var json: String {
        var object = JSONObjectText()
        object.add("mode", mode.rawValue)
        object.add("score", score)
        object.add("is_anomaly", json: isAnomaly ? "true" : "false")
        return object.closed
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        var (mode, score, isAnomaly): (DetectionMode?, Double?, Bool?)
        try cursor.object { name, value in
            switch name {
            case "mode": mode = DetectionMode(rawValue: try value.string())
            case "score": score = try value.number()
            case "is_anomaly": isAnomaly = try value.boolean()
            default: try value.skip()
            }
        }
        guard let mode, let isAnomaly else { throw JSONCursor.Malformed() }
        self.init(mode: mode, score: score, isAnomaly: isAnomaly)
    }
}
