import Baselines
import Glibc

/// An exponentially weighted mean and deviation with a half-life of two hours.
struct MovingAveragePeer: SeriesDetector {
    let threshold = 3.0
    private let gain: Double
    private var mean = Double.nan
    private var variance = 0.0
    private var seen = 0
    private let warm: Int

    init(perHour: Int) {
        gain = 1 - pow(0.5, 1 / Double(2 * perHour))
        warm = 2 * perHour
    }

    mutating func score(_ rate: Double, at index: Int, _ place: HourPlace) -> Double {
        guard !rate.isNaN else { return 0 }
        seen += 1
        guard !mean.isNaN else {
            mean = rate
            return 0
        }
        let away = rate - mean
        let score = variance > 0 && seen > warm ? abs(away) / variance.squareRoot() : 0
        mean += gain * away
        variance = (1 - gain) * (variance + gain * away * away)
        return score
    }
}

/// The manner of Zabbix's `baselinedev(…,1h,"w",4)`.
///
/// Once an hour, the mean of the last hour against the same hour of the four weeks before, in population standard
/// deviations.
struct SeasonDeviationPeer: SeriesDetector {
    let threshold = 3.0
    private var visits = [[Double]](repeating: [], count: 168)
    private var hour: Int64 = .min
    private var hourOfWeek = 0
    private var sum = 0.0
    private var count = 0.0
    private var last = 0.0

    mutating func score(_ rate: Double, at index: Int, _ place: HourPlace) -> Double {
        if place.hour != hour {
            if count > 0 { last = endHour(sum / count) }
            (hour, hourOfWeek, sum, count) = (place.hour, place.hourOfWeek, 0, 0)
        }
        if !rate.isNaN { (sum, count) = (sum + rate, count + 1) }
        return last
    }

    private mutating func endHour(_ mean: Double) -> Double {
        let seasons = visits[hourOfWeek]
        visits[hourOfWeek] = Array((seasons + [mean]).suffix(4))
        guard seasons.count >= 2 else { return 0 }
        let usual = seasons.reduce(0, +) / Double(seasons.count)
        let variance = seasons.reduce(0) { $0 + ($1 - usual) * ($1 - usual) } / Double(seasons.count)
        return variance > 0 ? abs(mean - usual) / variance.squareRoot() : 0
    }
}

/// The manner of Netdata.
///
/// Two clusters of six features (differences of smoothed values), 8 models of a day each learnt every half day, an
/// anomaly only where all of them agree.
struct ConsensusPeer: SeriesDetector {
    let threshold = 0.99
    private static let models = 8
    private let window: Int
    private let every: Int
    private var rates: [Double] = []
    private var smooth: [Double] = []
    private var features: [SIMD8<Double>] = []
    private var learnt: [Model] = []

    private struct Model {
        var centres: (SIMD8<Double>, SIMD8<Double>)
        var least = Double.infinity
        var most = 0.0

        func distance(_ feature: SIMD8<Double>) -> Double {
            let (one, other) = (feature - centres.0, feature - centres.1)
            return ((one * one).sum().squareRoot() + (other * other).sum().squareRoot()) / 2
        }
    }

    init(perDay: Int) {
        window = perDay
        every = perDay / 2
    }

    mutating func score(_ rate: Double, at index: Int, _ place: HourPlace) -> Double {
        guard let feature = feature(rate) else { return 0 }
        var agreed = learnt.isEmpty ? 0 : Double.infinity
        for model in learnt {
            let range = model.most - model.least
            agreed = min(agreed, range > 0 ? (model.distance(feature) - model.least) / range : 0)
            if agreed < threshold { break }
        }
        features.append(feature)
        if features.count > window { features.removeFirst(features.count - window) }
        if features.count == window, index % every == 0 {
            learnt.append(Self.model(features))
            if learnt.count > Self.models { learnt.removeFirst() }
        }
        return agreed
    }

    /// The last six differences of the mean of three; nil while there are too few.
    ///
    /// A missing value begins anew.
    private mutating func feature(_ rate: Double) -> SIMD8<Double>? {
        guard !rate.isNaN else {
            (rates, smooth) = ([], [])
            return nil
        }
        rates = rates.suffix(2) + [rate]
        guard rates.count == 3 else { return nil }
        smooth = smooth.suffix(6) + [rates.reduce(0, +) / 3]
        guard smooth.count == 7 else { return nil }
        var feature = SIMD8<Double>.zero
        for lag in 0..<6 { feature[lag] = smooth[lag + 1] - smooth[lag] }
        return feature
    }

    private static func model(_ features: [SIMD8<Double>]) -> Model {
        var model = Model(centres: (features[0], features[features.count / 2]))
        for _ in 0..<10 {
            var (sums, counts) = ((SIMD8<Double>.zero, SIMD8<Double>.zero), (0.0, 0.0))
            for feature in features {
                let (one, other) = (feature - model.centres.0, feature - model.centres.1)
                if (one * one).sum() <= (other * other).sum() {
                    (sums.0, counts.0) = (sums.0 + feature, counts.0 + 1)
                } else {
                    (sums.1, counts.1) = (sums.1 + feature, counts.1 + 1)
                }
            }
            if counts.0 > 0 { model.centres.0 = sums.0 / counts.0 }
            if counts.1 > 0 { model.centres.1 = sums.1 / counts.1 }
        }
        for feature in features {
            let distance = model.distance(feature)
            (model.least, model.most) = (min(model.least, distance), max(model.most, distance))
        }
        return model
    }
}
