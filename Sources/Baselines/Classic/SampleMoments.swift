/// What is kept of samples instead of the samples: how many, their mean, spread, lowest and highest.
///
/// One pass, one sample at a time (B. P. Welford, 1962), and joined in pairs (Chan, Golub and LeVeque, 1979): equal to
/// the sums over all samples but for rounding, and exactly without spread where all samples are equal.
struct SampleMoments: Sendable, Hashable {
    /// Their mean; 0 where there are none.
    var mean = 0.0
    /// The sum of the squares of their distances from the mean.
    var squares = 0.0
    /// The lowest; 0 where there are none.
    var minimum = 0.0
    /// The highest; 0 where there are none.
    var maximum = 0.0
    /// How many.
    var count: Int32 = 0

    /// Adds a sample, which is finite.
    mutating func add(_ sample: Double) {
        guard count > 0 else {
            (mean, minimum, maximum, count) = (sample, sample, sample, 1)
            return
        }
        // A count that has reached its bound stays there: 68 years of samples a second in one hour of the week.
        guard count < .max else { return }
        count += 1
        let distance = sample - mean
        mean += distance / Double(count)
        squares += distance * (sample - mean)
        minimum = min(minimum, sample)
        maximum = max(maximum, sample)
    }

    /// Adds the samples behind other moments.
    mutating func add(_ other: SampleMoments) {
        guard other.count > 0 else { return }
        guard count > 0 else {
            self = other
            return
        }
        let (sum, overflow) = count.addingReportingOverflow(other.count)
        guard !overflow else { return }
        let distance = other.mean - mean
        let share = Double(other.count) / Double(sum)
        squares += other.squares + distance * distance * Double(count) * share
        mean += distance * share
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
        count = sum
    }

    /// The root of the mean squared distance from the mean: of the population, not of a sample of it.
    var standardDeviation: Double {
        count > 0 ? (squares / Double(count)).squareRoot() : 0
    }
}
