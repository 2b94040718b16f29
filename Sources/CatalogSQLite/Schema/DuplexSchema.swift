/// Whether interfaces send and receive at once: version 9 of the schema.
///
/// The column is that of live, retired and removed interfaces, so that it returns with them; the triggers that move
/// rows between them are made anew for it.
enum DuplexSchema {
    static let statements =
        ["device_interfaces", "retired_interfaces", "removed_interfaces"].map(column)
        + ["DROP TRIGGER standalone_devices_removal", "DROP TRIGGER standalone_devices_return"]
        + [RemovalsSchema.removal(keeping: columns), RemovalsSchema.returning(columns)]

    /// The columns of `retired_interfaces` in this version but removed_at.
    private static let columns = RemovalsSchema.columns + ", duplex"

    private static func column(of table: String) -> String {
        "ALTER TABLE \(table) ADD COLUMN "
            + SQLText.word(table, "duplex", of: ["half", "full"], required: false)
    }
}
