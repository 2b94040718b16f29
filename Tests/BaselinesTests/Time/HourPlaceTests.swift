import Baselines
import Testing

@Suite
struct HourPlaceTests {
    @Test
    func theHourOfTheDayFollowsFromThatOfTheWeek() {
        #expect(HourPlace(hour: 0, hourOfWeek: 25, fraction: 0, isDayOff: false).hourOfDay == 1)
    }
}
