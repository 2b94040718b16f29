extension Enterprise {
    /// Whether a sysObjectID is one of these makers'; true where there is no usable one, so that it must be tried.
    static func isOne(of makers: [UInt32], _ sysObjectID: String?) -> Bool {
        number(inObjectID: sysObjectID).map(makers.contains) ?? true
    }
}
