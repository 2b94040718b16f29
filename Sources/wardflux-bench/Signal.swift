import Glibc

/// A value one thread waits for and another gives, once.
///
/// Proof: unchecked Sendable, because the value is only touched under the lock, and lock and condition stay in place on
/// the heap until no thread uses them.
final class Signal<Value: Sendable>: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let given = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var value: Value?

    init() {
        lock.initialize(to: pthread_mutex_t())
        given.initialize(to: pthread_cond_t())
        pthread_mutex_init(lock, nil)
        pthread_cond_init(given, nil)
    }

    deinit {
        pthread_cond_destroy(given)
        pthread_mutex_destroy(lock)
        given.deallocate()
        lock.deallocate()
    }

    func give(_ value: Value) {
        pthread_mutex_lock(lock)
        self.value = value
        pthread_cond_signal(given)
        pthread_mutex_unlock(lock)
    }

    @discardableResult
    func take() -> Value {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while true {
            if let value { return value }
            pthread_cond_wait(given, lock)
        }
    }
}
