import Baselines

/// RRDtool's detection of aberrant behaviour, as it is published (Brutlag 2000; rrdcreate(1)).
///
/// Additive Holt-Winters with a season of a day, deviations learnt a season, a failure where 7 of
/// 9 values leave the band.
struct HoltWintersPeer: SeriesDetector {
    let threshold = 0.5
    private let alpha = 0.1
    private let beta = 0.0035
    private let gamma = 0.1
    private let width = 2.0
    private let window = 9
    private let failures = 7
    private var seasonal: [Double]
    private var deviation: [Double]
    private var intercept = Double.nan
    private var slope = 0.0
    /// Values since the last one that was known, and that one.
    private var missed = 1.0
    private var violations: [Bool] = []
    private var place = 0

    init(period: Int) {
        seasonal = [Double](repeating: .nan, count: period)
        deviation = seasonal
    }

    mutating func score(_ rate: Double, at index: Int, _ hour: HourPlace) -> Double {
        defer { advance() }
        let season = seasonal[place]
        let prediction = intercept + slope * missed + season
        let isOut = abs(rate - prediction) > width * deviation[place]
        violations.append(isOut)
        if violations.count > window { violations.removeFirst() }
        guard !rate.isNaN else {
            if !prediction.isNaN { missed += 1 }
            return failed
        }
        if intercept.isNaN {
            (intercept, seasonal[place]) = (rate, 0)
        } else if season.isNaN {
            seasonal[place] = rate - intercept
        } else {
            let before = intercept
            intercept = alpha * (rate - season) + (1 - alpha) * (intercept + slope * missed)
            slope = beta * (intercept - before) + (1 - beta) * slope
            seasonal[place] = gamma * (rate - intercept) + (1 - gamma) * season
            missed = 1
            let away = abs(prediction - rate)
            let usual = deviation[place]
            deviation[place] = usual.isNaN ? away : gamma * away + (1 - gamma) * usual
        }
        return failed
    }

    private var failed: Double { violations.count { $0 } >= failures ? 1 : 0 }

    private mutating func advance() {
        place += 1
        guard place == seasonal.count else { return }
        place = 0
        // Once a season both are smoothed over 5 % of it, and the mean of the seasonal part goes to the intercept.
        if let smooth = Self.smoothed(seasonal) {
            let mean = smooth.reduce(0, +) / Double(smooth.count)
            seasonal = smooth.map { $0 - mean }
            intercept += mean
        }
        if let smooth = Self.smoothed(deviation) { deviation = smooth }
    }

    private static func smoothed(_ values: [Double]) -> [Double]? {
        let reach = Int(0.025 * Double(values.count))
        guard reach > 0, !values.contains(where: \.isNaN) else { return nil }
        return values.indices.map { index in
            let sum = (-reach...reach).reduce(0.0) { $0 + values[(index + $1 + values.count) % values.count] }
            return sum / Double(2 * reach + 1)
        }
    }
}
