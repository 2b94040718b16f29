/// A value with the place where it is written.
package struct Located<Value: Sendable>: Sendable {
    /// What is written.
    package var value: Value
    /// Where.
    package var position: SourcePosition

    /// A value at a place.
    package init(value: Value, position: SourcePosition) {
        self.value = value
        self.position = position
    }
}

extension Located: Equatable where Value: Equatable {}
