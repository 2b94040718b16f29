public import Inventory

extension ClassicState {
    /// What is said of a rate, bit/s, in an hour of the week: its z-score against what was learnt last.
    ///
    /// z = (rate - mean) / standard deviation of the population; an anomaly where |z| is above the threshold (3 is not
    /// above 3; the higher threshold while the interface is young) and the confidence suffices and is not 0. Expected
    /// is the mean; low and high are the threshold times the standard deviation from it, low not below 0.
    /// nil, no opinion: nothing learnt, fewer than 7 samples, no rate.
    ///
    /// Where all samples were equal there is no z. The score is then the threshold times the distance from the mean in
    /// units of `constantFloorShare` of the line speed, but no more than 1.1 times the threshold: from 1 % of the line
    /// speed on it is told. Its anomaly is of the lowest severity at any threshold, since how far such traffic may stray
    /// is not known. Without a line speed the score is 0. It is never infinite.
    public func verdict(
        _ direction: TrafficDirection, rate: Double, place: HourPlace, capacity: Double?,
        settings: DetectionSettings = DetectionSettings(), isYoung: Bool
    ) -> ModeVerdict? {
        guard rate.isFinite, rate >= 0, let hour = learnt?[place.comparedHourOfWeek] else { return nil }
        let confidence = hour.confidence
        guard confidence > 0 else { return nil }
        let figures = hour[direction]
        let threshold = Self.threshold(settings, isYoung: isYoung)
        let floor = Self.floor(capacity: capacity, share: settings.constantFloorShare)
        let score = figures.score(of: rate / 1e6, threshold: threshold, floor: floor)
        let reach = figures.isConstant ? floor ?? 0 : threshold * figures.standardDeviation
        return ModeVerdict(
            expected: figures.average * 1e6, low: max(0, figures.average - reach) * 1e6,
            high: (figures.average + reach) * 1e6, score: score,
            isAnomaly: abs(score) > threshold && confidence >= settings.minimumConfidence, confidence: confidence,
            visits: Int(hour.visits))
    }

    /// Which of the three kinds an anomalous rate is, bit/s; nil where there is no opinion.
    ///
    /// Unusual where it lies within what was seen, or all samples were equal; that the sign of z changed twice within
    /// an hour, which also is unusual, only the caller can know.
    public func kind(_ direction: TrafficDirection, rate: Double, place: HourPlace) -> AnomalyKind? {
        guard rate.isFinite, rate >= 0, let hour = learnt?[place.comparedHourOfWeek], hour.confidence > 0 else {
            return nil
        }
        let (figures, value) = (hour[direction], rate / 1e6)
        if figures.isConstant || (figures.minimum...figures.maximum).contains(value) { return .unusualPattern }
        return value > figures.average ? .trafficSpike : .trafficDrop
    }

    /// Whether all samples of an hour were equal; false where nothing is known of it.
    func isConstant(_ direction: TrafficDirection, place: HourPlace) -> Bool {
        guard let hour = learnt?[place.comparedHourOfWeek], hour.confidence > 0 else { return false }
        return hour[direction].isConstant
    }

    /// |z| above which a sample is an anomaly; a young interface's is never the lower.
    static func threshold(_ settings: DetectionSettings, isYoung: Bool) -> Double {
        isYoung ? max(settings.youngThreshold, settings.classicThreshold) : settings.classicThreshold
    }

    /// The distance, Mbps, from which a departure from the constant is told; nil where it cannot be said.
    private static func floor(capacity: Double?, share: Double) -> Double? {
        guard let capacity, capacity.isFinite else { return nil }
        let floor = capacity * share / 1e6
        return floor > 0 ? floor : nil
    }
}

extension BaselineFigures {
    /// The z-score of a rate in Mbps, or what takes its place where all samples were equal; always finite.
    fileprivate func score(of rate: Double, threshold: Double, floor: Double?) -> Double {
        let distance = rate - average
        guard isConstant else {
            // The bound is far beyond any severity; a quotient of finite numbers may still not be finite.
            return min(max(distance / standardDeviation, -1e12), 1e12)
        }
        guard let floor else { return 0 }
        return min(max(distance / floor, -1.1), 1.1) * threshold
    }
}
