package hwrgc

import "testing"

func TestBothSpellingsOfARegionsStatusAreTaken(t *testing.T) {
	t.Parallel()
	for status, want := range map[RegionConfigurationStatus]RegionConfigurationStatus{
		"ENABLED": "ENABLED", "ENABLE": "ENABLED", "DISABLED": "DISABLED", "DISABLE": "DISABLED",
	} {
		if got := region(regionIn(RegionConfigurationList{Region: "cn-north-4", RegionConfigurationStatus: status})).RegionConfigurationStatus; got != want {
			t.Errorf("%s is answered as %s, want %s", status, got, want)
		}
	}
}
