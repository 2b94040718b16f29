/// Does something that must be finished although the surrounding task is cancelled, such as recording how it ended.
///
/// A task of its own does not inherit the cancellation; it is awaited, so that nothing outlives its caller.
func uncancelled<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
    await Task { await work() }.value
}
