package controlplane

import (
	"context"

	"github.com/polity-cloud/polity/internal/org"
)

// survey reads everything that the links of the whole tree are made of, so that later changes do not show.
func (h *heritage) survey(ctx context.Context) error {
	page := org.Page{Limit: 1000}
	for {
		units, next, err := h.r.Units(ctx, h.o.ID, "", page)
		if err != nil {
			return err
		}
		for _, u := range units {
			h.parents[u.ID] = u.ParentID
		}
		if page.After = next; next == "" {
			break
		}
	}
	all, err := h.r.AllAttachments(ctx, h.o.ID, h.rule.Type)
	if err != nil {
		return err
	}
	for _, a := range all {
		h.attached[a.TargetID] = append(h.attached[a.TargetID], a)
		if _, err := h.document(ctx, a.PolicyID); err != nil {
			return err
		}
	}
	h.whole = true
	return nil
}

// within reports whether a unit is one of those units or stands below one. It needs a survey.
func (h *heritage) within(id org.UnitID, tops map[org.UnitID]bool) bool {
	for id != "" {
		if tops[id] {
			return true
		}
		id = h.parents[id]
	}
	return false
}
