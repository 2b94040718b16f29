import Testing

@testable import Baselines

@Suite
struct SampleMomentsTests {
    @Test
    func theStandardDeviationIsThatOfThePopulation() {
        var moments = SampleMoments()
        for sample in [2.0, 4, 4, 4, 5, 5, 7, 9] { moments.add(sample) }
        #expect(moments.mean == 5)
        #expect(moments.standardDeviation == 2)
        #expect(moments.minimum == 2)
        #expect(moments.maximum == 9)
        #expect(moments.count == 8)
    }

    @Test
    func equalSamplesHaveExactlyNoSpread() {
        for value in [0, 0.1, 1e9 / 3, 1e11 + 0.7] {
            var first = SampleMoments()
            var second = SampleMoments()
            for _ in 0..<13 { first.add(value) }
            for _ in 0..<24 { second.add(value) }
            first.add(second)
            #expect(first.standardDeviation == 0)
            #expect(first.mean == value)
        }
    }

    @Test
    func oneSampleIsItsOwnMean() {
        var moments = SampleMoments()
        moments.add(7.25)
        #expect(moments.mean == 7.25)
        #expect(moments.standardDeviation == 0)
        #expect(SampleMoments().standardDeviation == 0)
    }

    @Test
    func joinedIsAsIfAddedInOne() {
        var generator = TrafficDice(seed: 41)
        for trial in 0..<200 {
            let samples = (0..<Int.random(in: 1...80, using: &generator)).map { _ in
                1e9 + Double.random(in: 0..<1e8, using: &generator)
            }
            let cut = Int.random(in: 0...samples.count, using: &generator)
            var (left, right, whole) = (SampleMoments(), SampleMoments(), SampleMoments())
            for sample in samples { whole.add(sample) }
            for sample in samples[..<cut] { left.add(sample) }
            for sample in samples[cut...] { right.add(sample) }
            left.add(right)
            #expect(left.count == whole.count, "seed 41, trial \(trial)")
            #expect(abs(left.mean - whole.mean) <= 1e-12 * whole.mean, "seed 41, trial \(trial)")
            let difference = abs(left.standardDeviation - whole.standardDeviation)
            #expect(difference <= 1e-9 * max(whole.standardDeviation, 1), "seed 41, trial \(trial)")
        }
    }

    @Test
    func aFullCountStaysWhatItIs() {
        var moments = SampleMoments(mean: 1, squares: 0, minimum: 1, maximum: 1, count: .max)
        let before = moments
        moments.add(5)
        moments.add(before)
        #expect(moments == before)
    }
}
