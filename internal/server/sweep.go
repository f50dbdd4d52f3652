package server

import (
	"context"
	"time"
)

// sweepEvery is how often the server looks for what has become due where nobody asks. Whoever asks finds it done in any case, so this is only
// how late the events of it may be written.
const sweepEvery = time.Minute

// sweep does what is overdue in the organizations until ctx ends: at the start, from time to time, and after each move of a twin's clock.
func (s *Server) sweep(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := s.plane.Sweep(ctx); err != nil && ctx.Err() == nil {
			s.config.Log.Warn("what is overdue could not be done", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-s.moved:
		}
	}
}

// noteMoves has the sweep run when the clock of a twin was moved.
func (s *Server) noteMoves() {
	s.moved = make(chan struct{}, 1)
	if s.clock == nil {
		return
	}
	s.clock.OnMove(func() {
		select {
		case s.moved <- struct{}{}:
		default: // one is waiting already, which will see this move too
		}
	})
}
