package hwrgc

import (
	"context"

	"github.com/polity-cloud/polity/internal/controlplane"
	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org/landing"
	"github.com/polity-cloud/polity/internal/wire/hwrest"
)

// CheckLaunch tells whether a landing zone may be set up.
func (a *API) CheckLaunch(ctx context.Context, _ CheckLaunchRequestObject) (CheckLaunchResponseObject, error) {
	if err := a.plane.CheckLaunch(ctx, identity.Caller(ctx)); err != nil {
		return nil, err
	}
	return CheckLaunch200Response{}, nil
}

// SetupLandingZone begins to create, update or repair the landing zone.
func (a *API) SetupLandingZone(ctx context.Context, in SetupLandingZoneRequestObject) (SetupLandingZoneResponseObject, error) {
	err := a.plane.SetUpZone(ctx, identity.Caller(ctx), landing.Action(in.Body.SetupLandingZoneActionType), setupIn(in.Body))
	if err != nil {
		return nil, err
	}
	return SetupLandingZone200Response{}, nil
}

// ShowLandingZoneStatus tells how far the last action on the landing zone is.
func (a *API) ShowLandingZoneStatus(ctx context.Context, _ ShowLandingZoneStatusRequestObject) (ShowLandingZoneStatusResponseObject, error) {
	z, err := a.plane.GetZone(ctx, identity.Caller(ctx), "rgc:landingZoneStatus:get")
	if err != nil {
		return nil, err
	}
	out := ShowLandingZoneStatus200JSONResponse{
		LandingZoneActionType: string(z.Action), LandingZoneStatus: string(z.Status), Message: messages(z), PercentageComplete: new(percent(z.Status, z.Steps)),
		PercentageDetails: hwrest.Each(z.Steps, func(p landing.Progress) PercentageDetail {
			return PercentageDetail{PercentageName: p.Name, PercentageStatus: string(p.Status)}
		}),
		Regions: hwrest.Each(z.Setup.Regions, region),
	}
	if z.Deployed() {
		out.DeployedVersion = landing.Version
	}
	return out, nil
}

// messages tell why an action failed: the action's own, then each core account that the organization did not make.
func messages(z controlplane.Zone) []LandingZoneErrorMessage {
	const level = "ERROR"
	out := []LandingZoneErrorMessage{}
	if z.Message != "" {
		out = append(out, LandingZoneErrorMessage{Level: level, Message: z.Message})
	}
	for _, n := range z.Refused {
		out = append(out, LandingZoneErrorMessage{Level: level, Message: n.Request.Name + ": " + refusal(&n)})
	}
	return out
}

// percent is complete for a success, whatever its steps.
func percent(s landing.Status, steps []landing.Progress) int {
	if s == landing.Succeeded {
		return 100
	}
	return landing.Percent(steps)
}

// ShowHomeRegion names the landing zone's home region.
func (a *API) ShowHomeRegion(ctx context.Context, _ ShowHomeRegionRequestObject) (ShowHomeRegionResponseObject, error) {
	z, err := a.plane.GetZone(ctx, identity.Caller(ctx), "rgc:homeRegion:get")
	if err != nil {
		return nil, err
	}
	if err := z.Known(); err != nil {
		return nil, err
	}
	return ShowHomeRegion200JSONResponse{HomeRegion: z.Setup.HomeRegion}, nil
}

// ShowAvailableUpdates tells that there are none: one baseline is all that this server has.
func (a *API) ShowAvailableUpdates(ctx context.Context, _ ShowAvailableUpdatesRequestObject) (ShowAvailableUpdatesResponseObject, error) {
	z, err := a.plane.GetZone(ctx, identity.Caller(ctx), "rgc:availableUpdate:get")
	if err != nil {
		return nil, err
	}
	if err := z.Readable(); err != nil {
		return nil, err
	}
	return ShowAvailableUpdates200JSONResponse{
		BaselineUpdateAvailable: new(false), ControlUpdateAvailable: new(false), LandingZoneUpdateAvailable: new(false),
		ServiceLandingZoneVersion: landing.Version, UserLandingZoneVersion: landing.Version,
	}, nil
}

// ShowLandingZoneConfiguration tells what the landing zone was last asked to be.
func (a *API) ShowLandingZoneConfiguration(ctx context.Context, _ ShowLandingZoneConfigurationRequestObject) (ShowLandingZoneConfigurationResponseObject, error) {
	z, err := a.plane.GetZone(ctx, identity.Caller(ctx), "rgc:landingZoneConfiguration:get")
	if err != nil {
		return nil, err
	}
	if err := z.Readable(); err != nil {
		return nil, err
	}
	return ShowLandingZoneConfiguration200JSONResponse(configuration(z.Setup)), nil
}
