/// Which of the numbers from 0 on belong together.
struct DisjointSets {
    private var parents: [Int]

    init(count: Int) {
        parents = Array(0..<count)
    }

    /// The smallest number of a set, its name.
    mutating func root(of number: Int) -> Int {
        var number = number
        while parents[number] != number {
            parents[number] = parents[parents[number]]
            number = parents[number]
        }
        return number
    }

    /// Makes one set of two.
    mutating func join(_ left: Int, _ right: Int) {
        let (left, right) = (root(of: left), root(of: right))
        parents[max(left, right)] = min(left, right)
    }

    /// The sets, each in rising order, ordered by their first.
    mutating func sets() -> [[Int]] {
        var sets: [Int: [Int]] = [:]
        for number in parents.indices { sets[root(of: number), default: []].append(number) }
        return sets.sorted { $0.key < $1.key }.map(\.value)
    }
}
