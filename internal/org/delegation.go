package org

import "time"

// A TrustedService is a service of the cloud that may act in all accounts of an organization.
type TrustedService struct {
	OrganizationID OrganizationID
	Service        string
	EnabledAt      time.Time
}

// A Delegation makes a member the administrator of a service for its whole organization.
type Delegation struct {
	OrganizationID OrganizationID
	AccountID      AccountID
	Service        string
	EnabledAt      time.Time
}

// CheckAllFeatures returns nil for an organization that has all features, and else AllFeaturesRequired.
func CheckAllFeatures(o Organization) error {
	if o.FeatureSet != AllFeatures {
		return Errorf(AllFeaturesRequired, "the organization does not have all features enabled")
	}
	return nil
}

// CheckDelegate returns nil for a member that can administer services, and else DelegateIsManagement or DelegateSuspended. One that is being closed still works.
func CheckDelegate(o Organization, a Account) error {
	switch {
	case a.ID == o.ManagementID:
		return Errorf(DelegateIsManagement, "the management account cannot be a delegated administrator")
	case a.State != AccountActive && a.State != AccountPendingClosure:
		return Errorf(DelegateSuspended, "the account %s is suspended or closed", a.ID)
	}
	return nil
}

// CheckDelegates returns nil when a service that has that many administrators may have one more, and else DelegateExists where it may have one alone, or
// DelegateLimit.
func (s *ServiceRule) CheckDelegates(n int) error {
	switch {
	case s.Most == 0 || n < s.Most:
		return nil
	case s.Most == 1:
		return Errorf(DelegateExists, "the service %s has a delegated administrator, and may have one alone", s.Principal)
	}
	return Errorf(DelegateLimit, "the service %s has at most %d delegated administrators", s.Principal, s.Most)
}
