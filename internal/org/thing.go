package org

// ThingKind tells what a thing of an organization is.
type ThingKind string

// The kinds of thing that policies can name.
const (
	OrganizationThing   ThingKind = "organization"
	RootThing           ThingKind = "root"
	UnitThing           ThingKind = "unit"
	AccountThing        ThingKind = "account"
	PolicyThing         ThingKind = "policy"
	ResourcePolicyThing ThingKind = "resource policy"
	HandshakeThing      ThingKind = "handshake"
	TransferThing       ThingKind = "transfer"
)

// A Thing is something of an organization that a request is about. How a cloud spells its name is for package identity.
type Thing struct {
	Kind     ThingKind
	ID       string
	Type     PolicyType      // of a policy
	Action   HandshakeAction // of a handshake
	From     Sender          // of a handshake: the organization that it belongs to
	BuiltIn  bool            // the cloud's own
	Outbound bool            // of a transfer: seen from the side that hands over
}
