/// Quantiles of Student's distribution.
///
/// The expansion of Cornish and Fisher (Abramowitz and Stegun, 26.7.5); from 2 degrees of freedom on, too low by at
/// most 1.2 % and 7 %.
enum StudentQuantile {
    /// Above which 5 % lie.
    static func above5Percent(degreesOfFreedom: Double) -> Double {
        expansion(1.644854, 1.52377, 1.42020, 0.98370, degreesOfFreedom)
    }

    /// Above which 1 % lies.
    static func above1Percent(degreesOfFreedom: Double) -> Double {
        expansion(2.326348, 3.72907, 5.71966, 6.71735, degreesOfFreedom)
    }

    private static func expansion(
        _ normal: Double, _ first: Double, _ second: Double, _ third: Double, _ degreesOfFreedom: Double
    ) -> Double {
        let freedom = max(2, degreesOfFreedom)
        return normal + (first + (second + third / freedom) / freedom) / freedom
    }
}
