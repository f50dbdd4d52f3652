package hwrgc

import (
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

func setupIn(b *SetupLandingZoneReqBody) landing.Setup {
	s := landing.Setup{
		HomeRegion:  b.HomeRegion,
		Regions:     hwrest.Each(b.RegionConfigurationList, regionIn),
		Structure:   hwrest.Each(b.OrganizationStructure, structureIn),
		NonStandard: b.OrganizationStructureType == OrganizationStructureTypeNONSTANDARD,
		// Without a status the address tells.
		IdentityCenter:       b.IdentityCenterStatus == IdentityCenterStatusENABLE || b.IdentityCenterStatus == "" && b.IdentityStoreEmail != "",
		IdentityStoreEmail:   b.IdentityStoreEmail,
		DenyUngovernedRegion: is(b.DenyUngovernedRegions, false),
		CloudTrail:           is(b.CloudTrailType, true),
		KMSKeyID:             b.KMSKeyID,
		BaselineVersion:      b.BaselineVersion,
		Logging: landing.Logging{
			BucketName:   b.LoggingConfiguration.LoggingBucketName,
			Bucket:       landing.Bucket{RetentionDays: landing.LogDays},
			AccessBucket: landing.Bucket{RetentionDays: landing.AccessLogDays},
		},
	}
	if l := b.LoggingConfiguration.LoggingBucket; l != nil {
		s.Logging.Bucket = landing.Bucket{RetentionDays: l.RetentionDays, MultiZone: is(l.EnableMultiAz, false)}
	}
	if l := b.LoggingConfiguration.AccessLoggingBucket; l != nil {
		s.Logging.AccessBucket = landing.Bucket{RetentionDays: l.RetentionDays, MultiZone: is(l.EnableMultiAz, false)}
	}
	return s
}

func regionIn(r RegionConfigurationList) landing.Region {
	return landing.Region{Name: r.Region, Enabled: enabled[r.RegionConfigurationStatus]}
}

func region(r landing.Region) RegionConfigurationList {
	out := RegionConfigurationList{Region: r.Name, RegionConfigurationStatus: RegionConfigurationStatusDISABLED}
	if r.Enabled {
		out.RegionConfigurationStatus = RegionConfigurationStatusENABLED
	}
	return out
}

func structureIn(s OrganizationStructureBaseLine) landing.Structure {
	return landing.Structure{
		Core: s.OrganizationalUnitType == OrganizationalUnitTypeForSetupCORE, UnitName: s.OrganizationalUnitName,
		Accounts: hwrest.Each(s.Accounts, func(a AccountBaseline) landing.CoreAccount {
			return landing.CoreAccount{
				Type: landing.AccountType(a.AccountType), Name: a.AccountName, AccountID: org.AccountID(a.AccountID), Email: a.AccountEmail, Phone: a.Phone,
			}
		}),
	}
}

func structure(s landing.Structure) OrganizationStructureBaseLineRsp {
	out := OrganizationStructureBaseLineRsp{
		OrganizationalUnitName: s.UnitName, OrganizationalUnitType: OrganizationalUnitTypeForSetupCUSTOM,
		Accounts: hwrest.Each(s.Accounts, func(a landing.CoreAccount) AccountBaselineRsp {
			return AccountBaselineRsp{AccountID: string(a.AccountID), AccountName: a.Name, AccountType: CoreAccountType(a.Type)}
		}),
	}
	if s.Core {
		out.OrganizationalUnitType = OrganizationalUnitTypeForSetupCORE
	}
	return out
}

func configuration(s landing.Setup) ShowLandingZoneConfigurationResult {
	common := CommonConfiguration{
		CloudTrailType: &s.CloudTrail, HomeRegion: s.HomeRegion, IdentityCenterStatus: string(IdentityCenterStatusDISABLE),
		OrganizationStructureType: string(OrganizationStructureTypeSTANDARD),
	}
	if s.IdentityCenter {
		common.IdentityCenterStatus = string(IdentityCenterStatusENABLE)
	}
	if s.NonStandard {
		common.OrganizationStructureType = string(OrganizationStructureTypeNONSTANDARD)
	}
	l := s.Logging
	return ShowLandingZoneConfigurationResult{
		CommonConfiguration: &common, OrganizationStructure: hwrest.Each(s.Structure, structure), Regions: hwrest.Each(s.Regions, region),
		LoggingConfiguration: &LoggingConfiguration{
			LoggingBucketName:   l.BucketName,
			LoggingBucket:       &LoggingBucketBaseline{RetentionDays: l.Bucket.RetentionDays, EnableMultiAz: &l.Bucket.MultiZone},
			AccessLoggingBucket: &AccessLoggingBucketBaseline{RetentionDays: l.AccessBucket.RetentionDays, EnableMultiAz: &l.AccessBucket.MultiZone},
		},
	}
}

// enabled are the spellings of a governed region: the SDK's, and that of the reference pages of 2026.
var enabled = map[RegionConfigurationStatus]bool{RegionConfigurationStatusENABLED: true, RegionConfigurationStatusENABLE: true}
