import Listing

/// What a field of a body says.
enum Given<Value: Sendable>: Sendable {
    /// The field is not there.
    case absent
    /// The field is `null`.
    case null
    /// The field has a value.
    case value(Value)

    /// The value, where there is one.
    var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }

    /// Whether the field is there.
    var isGiven: Bool {
        if case .absent = self { false } else { true }
    }
}

/// Reads the fields of a JSON object one by one and collects all that is wrong with them.
struct BodyFields {
    private let members: [JSONMember]
    private var known: [String] = []
    private(set) var errors: [ProblemError] = []
    /// What is wrong with fields that are right alone, and do not go together.
    private var conflicts: [ProblemError] = []

    /// Reads the object of a request; an empty body is an empty object where the route allows that.
    init(_ request: APIRequest) throws(Problem) {
        guard !request.body.isEmpty else {
            members = []
            return
        }
        let document: JSONValue
        do {
            document = try JSONParser.parse(request.body)
        } catch {
            throw .brokenJSON(error)
        }
        guard case .object(let members) = document else {
            throw .badBody([ProblemError(field: "body", value: nil, detail: "an object is expected")])
        }
        self.members = members
    }

    /// Throws all that is wrong, fields that nothing asked for included: 400, or 422 for what no schema tells.
    mutating func finish() throws(Problem) {
        for member in members where !known.contains(member.name) {
            // Of a great many only the first are shown.
            guard errors.count < Problem.errorsMax else {
                refuse(member.name, nil, "there is no such field here")
                continue
            }
            let hint = NearestName.of(member.name, among: known).map { "; did you mean '\($0)'?" } ?? ""
            refuse(member.name, nil, "there is no such field here\(hint); there are \(known.joined(separator: ", "))")
        }
        guard errors.isEmpty else { throw .badBody(errors) }
        guard conflicts.isEmpty else { throw .impossible(conflicts) }
    }

    /// Notes what no schema tells: a field does not go with another, is missing beside it, or names what cannot be.
    mutating func conflict(_ name: String, value: String? = nil, _ detail: String) {
        conflicts.append(ProblemError(field: name, value: value, detail: detail))
    }

    /// A value that another field asks for; nil where there is none, which is noted.
    mutating func needed<Value>(_ name: String, _ given: Given<Value>, by reason: String) -> Value? {
        if given.value == nil, !hasFault(name) {
            conflict(name, "\(reason) needs it; give it")
        }
        return given.value
    }

    /// Whether anything is wrong with a field so far.
    func hasFault(_ name: String) -> Bool { (errors + conflicts).contains { $0.field == name } }

    /// Notes an error.
    mutating func refuse(_ name: String, _ value: String?, _ detail: String) {
        errors.append(ProblemError(field: name, value: value, detail: detail))
    }

    /// A text that a rule allows; a secret one is never shown.
    mutating func text(_ name: String, _ rule: TextRule, secret: Bool = false) -> Given<String> {
        read(name, wanted: "a string", secret: secret) { value in
            guard case .string(let text) = value else { return nil }
            return .some(text)
        } check: {
            rule.refusal(of: $0)
        }
    }

    /// One of some words.
    mutating func choice<Value: RawRepresentable & CaseIterable & Sendable>(
        _ name: String, _: Value.Type
    ) -> Given<Value> where Value.RawValue == String {
        let words = Value.allCases.map(\.rawValue)
        let text = read(name, wanted: "one of \(words.joined(separator: ", "))") { value -> String? in
            guard case .string(let text) = value, words.contains(text) else { return nil }
            return text
        } check: { _ in
            nil
        }
        switch text {
        case .absent: return .absent
        case .null: return .null
        case .value(let text): return Value(rawValue: text).map(Given.value) ?? .absent
        }
    }

    /// `true` or `false`.
    mutating func boolean(_ name: String) -> Given<Bool> {
        read(name, wanted: "true or false") { value in
            guard case .boolean(let flag) = value else { return nil }
            return flag
        } check: { _ in
            nil
        }
    }

    /// A whole number in a range.
    mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Given<Int> {
        read(name, wanted: "an integer from \(range.lowerBound) to \(range.upperBound)") { value -> Int? in
            switch value {
            case .integer(let number): return Int(number)
            // JSON Schema counts 1.0 among the integers.
            case .real(let number): return Int(exactly: number)
            default: return nil
            }
        } check: {
            range.contains($0) ? nil : "an integer from \(range.lowerBound) to \(range.upperBound) is expected"
        }
    }

    /// Texts that a rule allows, within a count.
    mutating func texts(_ name: String, _ rule: TextRule, count: ClosedRange<Int>) -> Given<[String]> {
        read(name, wanted: "an array of strings") { value -> [String]? in
            guard case .array(let elements) = value else { return nil }
            let texts = elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
            return texts.count == elements.count ? texts : nil
        } check: { texts in
            guard count.contains(texts.count) else {
                return "\(count.lowerBound) to \(count.upperBound) texts are expected"
            }
            return texts.lazy.compactMap { rule.refusal(of: $0) }.first
        }
    }

    /// A value of any kind, which the caller reads and refuses.
    mutating func document(_ name: String) -> Given<JSONValue> {
        read(name, wanted: "a value") {
            $0
        } check: { _ in
            nil
        }
    }

    /// Notes that a field must be there and not `null`; nil where it is not.
    mutating func required<Value>(_ name: String, _ given: Given<Value>) -> Value? {
        switch given {
        case .value(let value): return value
        case .absent:
            guard !hasFault(name) else { return nil }
            refuse(name, nil, "this field is needed")
        case .null: refuse(name, "null", "this field must have a value")
        }
        return nil
    }

    /// Notes that a field must not be `null`.
    mutating func notNull<Value>(_ name: String, _ given: Given<Value>) -> Value? {
        if case .null = given { refuse(name, "null", "this field must have a value") }
        return given.value
    }

    private mutating func read<Value>(
        _ name: String, wanted: String, secret: Bool = false, _ convert: (JSONValue) -> Value?,
        check: (Value) -> String?
    ) -> Given<Value> {
        known.append(name)
        guard let member = members.first(where: { $0.name == name }) else { return .absent }
        if member.value == .null { return .null }
        let shown = secret ? nil : String(decoding: member.value.bytes, as: UTF8.self)
        guard let value = convert(member.value) else {
            refuse(name, shown, "\(wanted) is expected, not \(member.value.kindName)")
            return .absent
        }
        if let refusal = check(value) {
            refuse(name, shown, refusal)
            return .absent
        }
        return .value(value)
    }
}
