/// Seeded, smooth variation of a load, in closed form.
///
/// The load of a flow is `u + N(u)`, where `u` is its load by the hour of the week in load-seconds and `N` a sum of
/// smoothed lattices at several spans. Because the slope of `N` stays between -1 and 1, the sum never falls, however
/// it is asked; because `N` varies the slope, the rate varies by a factor, not by an amount. Nothing is remembered:
/// the same moment gives the same octet count in any process.
enum TrafficNoise {
    /// Span of a lattice step in load-seconds, and its weight.
    ///
    /// The slope of one lattice is at most 3 x its weight, and the weights add up to 0.32.
    private static let octaves: [(span: Double, weight: Double)] = [
        (900, 0.07), (7_200, 0.07), (50_000, 0.08), (420_000, 0.10),
    ]

    private static let latticeCount = 8192

    /// Lattice heights between -1 and 1, shared by all flows: a flow begins at a place of its own.
    private static let lattice: [Double] = (0..<latticeCount).map { index in
        let bits = SeededRandom.mix(UInt64(index) &* 0xD134_2543_DE82_EF95 &+ 0x57AB)
        return Double(bits >> 11) * 0x1p-52 - 1
    }

    /// `N` at a load, in load-seconds.
    static func offset(at load: Double, seed: UInt32) -> Double {
        lattice.withUnsafeBufferPointer { heights in
            var sum = 0.0
            var place = seed
            for octave in octaves {
                let step = load / octave.span
                let floor = wholeBelow(step)
                let x = step - Double(floor)
                // Places wrap: the lattice is one ring.
                let cell = Int(truncatingIfNeeded: floor) &+ Int(place & 0x1FFF)
                let low = heights[cell & (latticeCount - 1)]
                let high = heights[(cell &+ 1) & (latticeCount - 1)]
                sum += octave.weight * octave.span * (low + (high - low) * x * x * (3 - 2 * x))
                place = place &* 0x9E37_79B1 &+ 0x7F4A_7C15
                place ^= place >> 15
            }
            return sum
        }
    }
}
