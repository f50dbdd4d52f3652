package sqlstore

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store/sqlstore/query"
)

func attachmentOf(r query.Attachment) org.Attachment {
	return org.Attachment{
		OrganizationID: org.OrganizationID(r.OrganizationID), PolicyID: org.PolicyID(r.PolicyID), Type: org.PolicyType(r.Type), TargetID: r.TargetID,
		Position: r.Position,
	}
}

func (r *reader) Attachments(ctx context.Context, o org.OrganizationID, t org.PolicyType, target string, p org.Page) ([]org.Attachment, string, error) {
	after, err := placeOf(p.After, beforeAll)
	if err != nil {
		return nil, "", err
	}
	rows, err := r.db.ListAttachments(ctx, query.ListAttachmentsParams{
		OrganizationID: string(o), Type: string(t), TargetID: target, AfterPosition: after.time, AfterID: after.id, Most: ask(p),
	})
	if err != nil {
		return nil, "", r.fault(err, "list attachments on", target)
	}
	return paged(rows, p, plain(attachmentOf), func(r query.Attachment) place { return place{r.Position, r.PolicyID} })
}

func (r *reader) AttachmentsOf(ctx context.Context, o org.OrganizationID, id org.PolicyID, p org.Page) ([]org.Attachment, string, error) {
	after, err := placeOf(p.After, beforeAll)
	if err != nil {
		return nil, "", err
	}
	rows, err := r.db.ListAttachmentsOf(ctx, query.ListAttachmentsOfParams{
		OrganizationID: string(o), PolicyID: string(id), AfterPosition: after.time, AfterID: after.id, Most: ask(p),
	})
	if err != nil {
		return nil, "", r.fault(err, "list attachments of", id)
	}
	return paged(rows, p, plain(attachmentOf), func(r query.Attachment) place { return place{r.Position, r.TargetID} })
}

func (r *reader) AllAttachments(ctx context.Context, o org.OrganizationID, t org.PolicyType) ([]org.Attachment, error) {
	rows, err := r.db.ListAttachmentsByType(ctx, string(o), string(t))
	if err != nil {
		return nil, r.fault(err, "list attachments in", o)
	}
	out := make([]org.Attachment, len(rows))
	for i, row := range rows {
		out[i] = attachmentOf(row)
	}
	return out, nil
}

func (r *reader) CountAttachments(ctx context.Context, o org.OrganizationID, t org.PolicyType, target string) (int, error) {
	n, err := r.db.CountAttachments(ctx, string(o), string(t), target)
	return int(n), r.fault(err, "count attachments on", target)
}

func (r *reader) CountAttachmentsOf(ctx context.Context, o org.OrganizationID, id org.PolicyID) (int, error) {
	n, err := r.db.CountAttachmentsOf(ctx, string(o), string(id))
	return int(n), r.fault(err, "count attachments of", id)
}

func (t *tx) Attach(ctx context.Context, a org.Attachment) error {
	n, err := t.db.InsertAttachment(ctx, query.InsertAttachmentParams{
		OrganizationID: string(a.OrganizationID), TargetID: a.TargetID, PolicyID: string(a.PolicyID), Type: string(a.Type), Position: a.Position,
	})
	return t.fresh(n, err, org.PolicyAttached, "attachment of", a.PolicyID)
}

func (t *tx) AttachToAll(ctx context.Context, a org.Attachment) error {
	err := t.db.AttachToUnits(ctx, string(a.PolicyID), string(a.Type), a.Position, string(a.OrganizationID))
	if err == nil {
		err = t.db.AttachToAccounts(ctx, string(a.PolicyID), string(a.Type), a.Position, string(a.OrganizationID))
	}
	return t.fault(err, "attach everywhere", a.PolicyID)
}

func (t *tx) Detach(ctx context.Context, o org.OrganizationID, id org.PolicyID, target string) error {
	n, err := t.db.DeleteAttachment(ctx, string(o), target, string(id))
	return t.hit(n, err, org.PolicyNotAttached, "attachment of", id)
}

func (t *tx) DetachAll(ctx context.Context, o org.OrganizationID, target string) error {
	for _, drop := range []func(context.Context, string, string) error{
		t.db.DeleteAttachmentsOn, t.db.DeletePolicyChangesAt, t.db.DeleteKeptPoliciesOf,
	} {
		if err := drop(ctx, string(o), target); err != nil {
			return t.fault(err, "detach all from", target)
		}
	}
	return nil
}
