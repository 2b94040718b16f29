#if PostgreSQL
    import CatalogRows
    import Inventory

    /// What happens by itself, whoever writes: removed devices are kept, incidents go with their last anomaly, and what
    /// others hold in memory is known to be old.
    enum Triggers {
        static let statements =
            removal + [emptyIncidents, emptyIncidentsTrigger] + changes
            + ["standalone_devices", "device_interfaces"].flatMap { changeTriggers(of: $0, topic: "lists") }
            + TopologyTables.tables.flatMap { changeTriggers(of: $0, topic: "topology") }

        /// A function that finds its tables in the schema it is made in, and may write there, whoever writes with
        /// whatever search path.
        private static func function(_ name: String, _ body: String) -> String {
            """
            CREATE FUNCTION \(name)() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
            AS $body$
            BEGIN
            \(body)
            END
            $body$
            """
        }

        // MARK: removed devices

        private static let kept = Interface.retiredColumns.joined(separator: ", ")
        private static let replaced = (Interface.retiredColumns.dropFirst() + ["removed_at"])
            .map { "\($0) = excluded.\($0)" }.joined(separator: ", ")

        /// The present moment in whole milliseconds, as all times are.
        static let now = "date_trunc('milliseconds', clock_timestamp())"

        private static let removal = [
            // Before, as afterwards the interfaces are gone.
            function(
                "keep_removed_device",
                """
                  INSERT INTO removed_devices (id, name, ip, port, sys_name, removed_at)
                    VALUES (OLD.id, OLD.name, OLD.ip, OLD.port, OLD.sys_name, \(now))
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name, ip = excluded.ip, port = excluded.port,
                      sys_name = excluded.sys_name, removed_at = excluded.removed_at;
                  INSERT INTO removed_interfaces (\(kept), removed_at)
                    SELECT \(kept), removed_at FROM retired_interfaces WHERE device_id = OLD.id
                    ON CONFLICT (id) DO UPDATE SET \(replaced);
                  INSERT INTO removed_interfaces (\(kept), removed_at)
                    SELECT \(kept), \(now) FROM device_interfaces WHERE device_id = OLD.id
                    ON CONFLICT (id) DO UPDATE SET \(replaced);
                  RETURN OLD;
                """),
            function(
                "return_removed_device",
                """
                  INSERT INTO retired_interfaces (\(kept), removed_at)
                    SELECT \(kept), removed_at FROM removed_interfaces
                    WHERE device_id IN (SELECT id FROM added)
                    ON CONFLICT (id) DO UPDATE SET \(replaced);
                  DELETE FROM removed_interfaces WHERE device_id IN (SELECT id FROM added);
                  DELETE FROM removed_devices WHERE id IN (SELECT id FROM added);
                  RETURN NULL;
                """),
            """
            CREATE TRIGGER standalone_devices_removal BEFORE DELETE ON standalone_devices
            FOR EACH ROW EXECUTE FUNCTION keep_removed_device()
            """,
            """
            CREATE TRIGGER standalone_devices_return AFTER INSERT ON standalone_devices
            REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION return_removed_device()
            """,
        ]

        // MARK: incidents

        /// However an anomaly goes, with its interface or by SQL, an incident goes with its last member.
        private static let emptyIncidents = function(
            "remove_empty_incident",
            """
              DELETE FROM incidents
                WHERE id = OLD.incident_id
                  AND NOT EXISTS (SELECT 1 FROM anomalies WHERE incident_id = OLD.incident_id);
              RETURN NULL;
            """)

        private static let emptyIncidentsTrigger = """
            CREATE TRIGGER anomalies_last_of_incident AFTER DELETE ON anomalies
            FOR EACH ROW WHEN (OLD.incident_id IS NOT NULL) EXECUTE FUNCTION remove_empty_incident()
            """

        // MARK: revision and edition

        /// A statement that changes rows leaves a row in `catalog_changes`: the revision is `catalog_revision.number` and
        /// how many such rows of it one can see.
        ///
        /// No two writers touch one row, so none waits for another or fails because of it, as with a counter; and a
        /// change is seen when its transaction is, as with a sequence it would not be. Readers fold rows into the
        /// number when there are many.
        private static let changes = [
            "CREATE TABLE catalog_changes (topic \(ColumnText.text) NOT NULL)",
            """
            CREATE TABLE catalog_revision (
              one BIGINT PRIMARY KEY CONSTRAINT "catalog_revision.one" CHECK (one = 1), number BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE topology_edition (
              one BIGINT PRIMARY KEY CONSTRAINT "topology_edition.one" CHECK (one = 1), number BIGINT NOT NULL
            )
            """,
            "INSERT INTO catalog_revision (one, number) VALUES (1, 1)",
            "INSERT INTO topology_edition (one, number) VALUES (1, 1)",
            function(
                "note_truncation",
                """
                  INSERT INTO catalog_changes VALUES (TG_ARGV[0]);
                  RETURN NULL;
                """),
            function(
                "note_change",
                """
                  IF EXISTS (SELECT 1 FROM touched) THEN INSERT INTO catalog_changes VALUES (TG_ARGV[0]); END IF;
                  RETURN NULL;
                """),
        ]

        /// Whoever changes a row, by this program or by SQL, moves what lists or graphs are cached under.
        private static func changeTriggers(of table: String, topic: String) -> [String] {
            let truncation = """
                CREATE TRIGGER \(table)_change_truncate AFTER TRUNCATE ON \(table)
                FOR EACH STATEMENT EXECUTE FUNCTION note_truncation('\(topic)')
                """
            return [truncation]
                + [("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")].map { event, rows in
                    """
                    CREATE TRIGGER \(table)_change_\(event) AFTER \(event.uppercased()) ON \(table)
                    REFERENCING \(rows) TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_change('\(topic)')
                    """
                }
        }
    }
#endif
