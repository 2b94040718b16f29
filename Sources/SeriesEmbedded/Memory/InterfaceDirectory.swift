import Inventory

/// Which interface has which number: dense, from 0, never given twice.
struct InterfaceDirectory: Sendable {
    /// Numbers are below: sixteen million interfaces; a higher one is damage.
    static let numbersMax: UInt32 = 1 << 24

    private var numbers: [InterfaceID: UInt32] = [:]
    /// By number; nil where the interface was removed, or is not known any more.
    private(set) var ids: [InterfaceID?] = []

    init() {}

    var count: Int { numbers.count }

    func number(of id: InterfaceID) -> UInt32? { numbers[id] }

    func id(of number: UInt32) -> InterfaceID? {
        Int(number) < ids.count ? ids[Int(number)] : nil
    }

    /// The number the next new interface gets.
    var next: UInt32 { UInt32(ids.count) }

    /// Makes sure that no number below is given to a new interface.
    mutating func reserve(below number: UInt32) {
        while ids.count < Int(number) { ids.append(nil) }
    }

    mutating func add(_ number: UInt32, _ id: InterfaceID) {
        reserve(below: number + 1)
        ids[Int(number)] = id
        numbers[id] = number
    }

    mutating func remove(_ number: UInt32) {
        reserve(below: number + 1)
        if let id = ids[Int(number)] { numbers[id] = nil }
        ids[Int(number)] = nil
    }

    /// The numbers of all interfaces, ascending.
    var all: [UInt32] {
        ids.indices.filter { ids[$0] != nil }.map { UInt32($0) }
    }
}
