extension StoredTable {
    static let operations = [
        StoredTable(
            "job_runs",
            [
                .id: ["id"], .text: ["job", "subject", "trigger_kind", "state", "message", "results", "owner"],
                .time: ["scheduled_at", "started_at", "ended_at"], .integer: ["done", "total"],
            ]),
        StoredTable("job_locks", key: ["key"], [.text: ["key", "holder"], .time: ["locked_until"]]),
        StoredTable(
            "access_tokens", [.id: ["id"], .text: ["name", "hash"], .time: ["created_at", "revoked_at"]]),
        StoredTable(
            "agent_memories", key: ["address"], [.text: ["address"], .bytes: ["memory"], .time: ["updated_at"]]),
    ]

    static let traffic = [
        StoredTable(
            "interface_metrics_summary", key: ["interface_id"],
            [
                .id: ["interface_id"], .integer: ["sample_count"],
                .real: [
                    "avg_in_mbps", "avg_out_mbps", "max_in_mbps", "max_out_mbps", "total_in_gb", "total_out_gb",
                    "avg_error_rate", "max_error_rate", "utilization_percent",
                ], .time: ["window_start", "window_end", "updated_at"],
            ]),
        StoredTable(
            "interface_baselines",
            [
                .id: ["id", "interface_id"],
                .integer: ["hour_of_day", "day_of_week", "sample_count", "sample_count_in", "sample_count_out"],
                .real: [
                    "avg_in_mbps", "std_dev_in_mbps", "min_in_mbps", "max_in_mbps", "avg_out_mbps", "std_dev_out_mbps",
                    "min_out_mbps", "max_out_mbps", "confidence",
                ], .time: ["last_updated"],
            ]),
        StoredTable(
            "incidents",
            [
                .id: ["id", "device_id"], .text: ["scope", "site", "title", "severity", "state", "evidence"],
                .time: ["started_at", "last_started_at", "ended_at"],
            ]),
        StoredTable(
            "anomalies",
            [
                .id: ["id", "interface_id", "incident_id"],
                .text: [
                    "direction", "measure", "mode", "kind", "pattern", "severity", "state", "message", "explanation",
                ], .time: ["started_at", "last_at", "ended_at", "peak_at"],
                .real: ["score", "actual", "expected", "low", "high", "confidence"],
            ]),
        StoredTable(
            "anomaly_actions",
            [
                .id: ["id", "anomaly_id", "interface_id"], .text: ["kind", "direction", "measure", "note", "author"],
                .time: ["holds_until", "created_at"],
            ]),
        StoredTable(
            "baseline_exclusions",
            [
                .id: ["id", "device_id", "interface_id"], .text: ["scope", "tag", "reason"],
                .time: ["starts_at", "ends_at", "created_at"],
            ]),
    ]

    static let topology = [
        StoredTable(
            "interface_neighbours",
            [
                .id: ["id", "device_id", "interface_id", "connected_to_device_id", "connected_to_interface_id"],
                .text: [
                    "local_port", "local_port_rule", "protocol", "chassis_id_kind", "chassis_id", "port_id_kind",
                    "port_id", "port_description", "neighbor_name", "system_description", "platform", "capabilities",
                    "management_address", "management_addresses", "device_rules", "interface_rules", "candidates",
                ], .integer: ["local_if_index", "chassis_id_subtype", "port_id_subtype"], .real: ["match_confidence"],
                .time: ["first_seen_at", "last_seen_at"],
            ]),
        StoredTable(
            "device_descriptions", key: ["device_id"],
            [.id: ["device_id"], .time: ["read_at"], .text: ["content"]]),
        StoredTable(
            "topology_links",
            [
                .id: ["id", "a_device_id", "a_interface_id", "b_device_id", "b_interface_id"],
                .text: [
                    "key", "a_device_name", "a_port", "b_device_name", "b_port", "origin", "link_group", "witnesses",
                ], .real: ["confidence"], .integer: ["appeared_revision", "vanished_revision"],
                .time: ["appeared_at", "vanished_at"],
            ]),
        StoredTable(
            "topology_revisions", key: ["number"],
            [
                .integer: ["number", "devices_read", "connections", "mapped", "links", "appeared", "vanished"],
                .time: ["made_at"],
            ]),
        StoredTable(
            "topology_positions", key: ["device_id"],
            [.id: ["device_id"], .real: ["x", "y"], .integer: ["tier"]]),
        StoredTable(
            "manual_links",
            [
                .id: ["id", "a_device_id", "a_interface_id", "b_device_id", "b_interface_id"], .text: ["note"],
                .time: ["created_at"],
            ]),
    ]

    static let alerts = [
        StoredTable(
            "alert_history",
            [
                .id: ["id", "device_id", "interface_id", "cause_id"], .real: ["value", "threshold"],
                .text: [
                    "condition", "severity", "message", "state", "acknowledged_by", "acknowledged_note", "entity",
                    "subject", "rule", "hold", "tellings", "context",
                ], .flag: ["owes_recovery"],
                .time: [
                    "started_at", "last_seen_at", "resolved_at", "acknowledged_at", "acknowledged_until", "fired_at",
                    "notified_at",
                ],
            ]),
        StoredTable(
            "alert_changes", key: ["number"], isNumbered: true,
            [
                .integer: ["number"], .id: ["alert_id"], .time: ["changed_at"], .text: ["kind", "author", "text"],
            ]),
        StoredTable(
            "alert_actions", key: ["number"], isNumbered: true,
            [
                .integer: ["number"], .id: ["id", "alert_id"], .text: ["kind", "note", "author"],
                .time: ["holds_until", "created_at"],
            ]),
        StoredTable(
            "alert_silences",
            [
                .id: ["id"], .text: ["matchers", "comment", "author"], .time: ["starts_at", "ends_at", "created_at"],
            ]),
        StoredTable(
            "maintenance_windows",
            [
                .id: ["id"], .text: ["name", "matchers", "schedule", "zone", "comment", "author"],
                .integer: ["duration_seconds"], .time: ["begins_at", "ends_at", "created_at"],
            ]),
        StoredTable(
            "alert_deliveries", key: ["number"], isNumbered: true,
            [
                .integer: ["number", "alert_count", "attempts"], .id: ["id"],
                .text: ["receiver", "group_key", "reason", "state", "last_error"],
                .time: ["due_at", "created_at", "ended_at"],
            ]),
        StoredTable(
            "alert_delivery_alerts", key: ["delivery", "place"],
            [.integer: ["delivery", "place"], .id: ["alert_id"], .text: ["alert"]]),
        StoredTable("alert_progress", key: ["one"], [.integer: ["one", "applied_action"]]),
    ]
}
