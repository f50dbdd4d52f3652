package kill

import (
	"context"
	"fmt"
	"time"
)

// quiet waits until nothing is in progress any more at any cloud. Work that a dead process had in hand goes on when its lease ends.
func quiet(ctx context.Context, endpoint string) error {
	ctx, cancel := context.WithTimeout(ctx, 90*time.Second)
	defer cancel()
	for {
		running, err := inProgress(ctx, endpoint)
		if err == nil && running == 0 && ready(ctx, endpoint) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%d creations are still in progress: %w", running, err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func inProgress(ctx context.Context, endpoint string) (int, error) {
	sum := 0
	for _, c := range clouds() {
		running, err := c.creations(ctx, endpoint, "in_progress")
		if err != nil {
			return -1, fmt.Errorf("list the creations at %s: %w", c.name(), err)
		}
		sum += len(running)
	}
	return sum, nil
}
