#if PostgreSQL
    /// Lets some tasks in at a time: the server has only so many connections for all tests.
    actor Gate {
        static let shared = Gate(room: 6)

        private var room: Int
        private var waiting: [CheckedContinuation<Void, Never>] = []

        init(room: Int) {
            self.room = room
        }

        func enter() async {
            if room > 0 { room -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
        }

        func leave() {
            if waiting.isEmpty { room += 1 } else { waiting.removeFirst().resume() }
        }
    }
#endif
