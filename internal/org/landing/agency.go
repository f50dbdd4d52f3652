package landing

// The agencies of a zone (RGC User Guide, "Agencies"). Whoever deletes one breaks the zone; a repair makes it again.
const (
	AdminAgency     = "RGCAdminAgency"            // in the management account, for the service
	ExecutionAgency = "RGCServiceExecutionAgency" // in every governed account, for the management account
	Service         = "service.RGC"               // the service as a trusted one
)
