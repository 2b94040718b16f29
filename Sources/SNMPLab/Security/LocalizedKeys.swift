import Glibc

/// The keys of every user at every engine, made when they are first needed.
///
/// Owned by one thread.
///
/// Keys of devices with the engine ID they were made with lie in one block a user, an octet and the keys a device: 37
/// octets for SHA and AES. The block is reserved, not touched, until its devices are asked. Keys of any other engine ID
/// are kept in a table that is emptied when it is full.
final class LocalizedKeys {
    let users: [UserKeys]
    private let devices: Int
    private var blocks: [UnsafeMutableRawPointer?]
    private var others: [Name: UnsafeMutablePointer<UInt8>] = [:]

    private static let othersMax = 4_096

    private struct Name: Hashable {
        var user: Int
        var engineID: [UInt8]
    }

    init(_ users: [UserKeys], devices: Int) {
        self.users = users
        self.devices = devices
        blocks = Array(repeating: nil, count: users.count)
    }

    deinit {
        for block in blocks { free(block) }
        for key in others.values { key.deallocate() }
    }

    /// Position of a user by its name; nil where there is none.
    func user(_ name: UnsafeBufferPointer<UInt8>) -> Int? {
        users.firstIndex { $0.name.elementsEqual(name) }
    }

    /// Both keys of a user, one behind the other; valid until the next call.
    ///
    /// - Parameter device: position of the device where the engine ID is the one it was made with, else nil.
    func keys(
        _ user: Int, _ engineID: UnsafeBufferPointer<UInt8>, device: Int?
    ) -> UnsafePointer<UInt8> {
        guard let device, device < devices, let slot = slot(user, device) else { return other(user, engineID) }
        if slot[0] == 0 {
            let made = users[user].localized(engineID)
            for (index, octet) in made.enumerated() { slot[1 + index] = octet }
            slot[0] = 1
        }
        return UnsafePointer(slot + 1)
    }

    private func slot(_ user: Int, _ device: Int) -> UnsafeMutablePointer<UInt8>? {
        let stride = users[user].keyOctets + 1
        if blocks[user] == nil { blocks[user] = calloc(devices, stride) }
        return blocks[user].map { ($0 + device * stride).assumingMemoryBound(to: UInt8.self) }
    }

    private func other(_ user: Int, _ engineID: UnsafeBufferPointer<UInt8>) -> UnsafePointer<UInt8> {
        let name = Name(user: user, engineID: Array(engineID))
        if let key = others[name] { return UnsafePointer(key) }
        if others.count >= Self.othersMax {
            for key in others.values { key.deallocate() }
            others.removeAll(keepingCapacity: true)
        }
        let made = users[user].localized(engineID)
        let key = UnsafeMutablePointer<UInt8>.allocate(capacity: max(made.count, 1))
        for (index, octet) in made.enumerated() { key[index] = octet }
        others[name] = key
        return UnsafePointer(key)
    }
}
