package server

import (
	"context"
	"encoding/json"
	"time"

	"github.com/polity-cloud/polity/internal/api/native"
	"github.com/polity-cloud/polity/internal/bucket"
	"github.com/polity-cloud/polity/internal/org"
)

// deliverEvery is how late a record of a dry run may come to lie where its configuration says.
const deliverEvery = time.Second

// openBuckets opens the directory for records of dry runs, if there is to be one.
func (s *Server) openBuckets() (err error) {
	if s.config.DryRunLogs != "" {
		s.buckets, err = bucket.Open(s.config.DryRunLogs)
	}
	return err
}

// deliver writes the records of dry runs into their buckets until ctx ends. What it has not written then, or had written and not yet noted, the next start
// writes.
func (s *Server) deliver(ctx context.Context) {
	if s.buckets == nil {
		return
	}
	tick := time.NewTicker(deliverEvery)
	defer tick.Stop()
	failing := false
	for {
		err := s.plane.DeliverDryRunRecords(ctx, s.putRecord)
		if err != nil && ctx.Err() == nil && !failing {
			s.config.Log.Warn("records of dry runs could not be delivered; it is tried again", "error", err)
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// putRecord writes a record as one line of JSON.
func (s *Server) putRecord(r org.DryRunRecord) error {
	line, err := json.Marshal(native.ShowDryRunRecord(r))
	if err != nil {
		return org.Because(err, "write the record %s", r.ID)
	}
	return s.buckets.Put(r.Bucket, r.Object, append(line, '\n'))
}
