package inherit

// A plan has its backups scanned for malware by what its rules ask for and by the settings of the scanner, of which there is one (User Guide,
// "Backup policy syntax", "scan settings").
var (
	scanActions  = group("scan_actions", group("GUARDDUTY", choice("scan_mode", "INCREMENTAL_SCAN", "FULL_SCAN").mustBeThere()))
	scanSettings = group("scan_settings", group("GUARDDUTY",
		list("resource_types", oneOf("EBS", "EC2", "S3", "ALL")).mustBeThere(),
		one("scanner_role_arn", backupRoleARN).mustBeThere(),
	))
)
