import Baselines
import Inventory

/// Something that scores the samples of one series in their order.
protocol SeriesDetector {
    /// Above which a score is an alarm.
    var threshold: Double { get }
    /// Below which an alarm is over, when it stays below for half an hour.
    var closing: Double { get }
    /// How unusual a sample is; NaN is a sample that is missing or not believed.
    mutating func score(_ rate: Double, at index: Int, _ place: HourPlace) -> Double
}

extension SeriesDetector {
    var closing: Double { threshold }

    /// Whether each sample is in alarm.
    mutating func alarms(_ series: TrafficSeries, from first: Int = 0, to last: Int? = nil) -> [Bool] {
        var alarms = [Bool](repeating: false, count: series.rates.count)
        let patience = max(1, 1800 / series.intervalSeconds)
        var (isOpen, quiet) = (false, 0)
        for index in first..<(last ?? series.rates.count) {
            let score = score(series.rates[index], at: index, series.clock.place(series.moment(index)))
            if isOpen {
                quiet = score < closing || score.isNaN ? quiet + 1 : 0
                isOpen = quiet < patience
            } else if score > threshold {
                (isOpen, quiet) = (true, 0)
            }
            alarms[index] = isOpen && quiet == 0
        }
        return alarms
    }
}
