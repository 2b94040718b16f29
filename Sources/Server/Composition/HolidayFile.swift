import Baselines
import Glibc
import Synchronization

/// Why a holiday file cannot be used.
struct HolidayFileError: Error, Sendable, Hashable, CustomStringConvertible {
    var description: String
}

/// The holidays of the configuration: its dates, and those of a file that is read again when it changed.
final class HolidayFile: Sendable {
    private struct Read: Sendable {
        var mark: FileMark?
        var calendar: HolidayCalendar
    }

    private let path: String?
    private let dates: HolidayCalendar
    private let state: Mutex<Read>

    /// The holidays; throws what is wrong with a date, or with the file at the start.
    init(_ settings: HolidaySettings) throws {
        path = settings.file
        do {
            dates = try HolidayCalendar(parsing: settings.dates)
        } catch {
            throw ConfigurationError([.init(key: "anomalies.holidays", detail: "\(error)")])
        }
        state = Mutex(Read(mark: nil, calendar: dates))
        do { _ = try calendar() } catch {
            throw ConfigurationError([.init(key: "anomalies.holiday_file", value: path, detail: "\(error)")])
        }
    }

    /// The holidays as they are now; throws what is wrong with the file, which is then read again the next time.
    func calendar() throws -> HolidayCalendar {
        guard let path else { return dates }
        let mark = FileMark(ofFile: path)
        let known = state.withLock { $0 }
        if let mark, mark == known.mark { return known.calendar }
        var calendar = dates
        do {
            calendar.formUnion(try ICalendar.parse(try Self.octets(of: path)))
        } catch let error as CalendarError {
            throw HolidayFileError(description: "\(path): \(error)")
        }
        let read = Read(mark: mark, calendar: calendar)
        state.withLock { $0 = read }
        return calendar
    }

    /// The holidays as they are now; where the file cannot be read, those that were read last, as checks take them.
    func present() -> HolidayCalendar {
        (try? calendar()) ?? state.withLock { $0.calendar }
    }

    private static func octets(of path: String) throws(HolidayFileError) -> [UInt8] {
        do throws(SmallFileError) {
            return try SmallFile.octets(of: path, octetsMax: ICalendar.maximumBytes)
        } catch {
            throw HolidayFileError(description: "\(error); name another file")
        }
    }
}

extension FileMark {
    /// The mark of a file as it is now; nil where there is none.
    ///
    /// The time is that of the last change of the file or of who may read it (st_ctime).
    init?(ofFile path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(
            seconds: status.st_ctim.tv_sec, nanoseconds: status.st_ctim.tv_nsec, size: Int64(status.st_size),
            node: UInt64(status.st_ino))
    }
}
