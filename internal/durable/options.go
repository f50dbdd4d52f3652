package durable

import (
	"context"
	"log/slog"
	"time"
)

// Options tune an engine. Zero fields take the values named.
type Options struct {
	Workers int           // sagas worked on at a time; 16
	Lease   time.Duration // how long a saga is held without a sign of life; 30 s
	Poll    time.Duration // how often the journal is asked for due sagas; 250 ms
	Batch   int           // most sagas claimed and waiting for a worker; twice the workers
	Grace   time.Duration // what running steps get to end once the engine stops; 5 s

	Now      func() time.Time // time.Now; due times and leases follow it, pauses follow the wall
	Logger   *slog.Logger     // none
	Observer Observer         // none

	// Before is asked before each try of each step and undo, outside any transaction. Its error is the try's error, and
	// may be a Wait or a Fatal. In a batch it is asked for all steps before the first is run; the first one refused
	// cuts the batch short.
	Before func(ctx context.Context, r *Run, step string, phase Phase) error
}

func (o Options) filled() Options {
	if o.Workers <= 0 {
		o.Workers = 16
	}
	if o.Lease <= 0 {
		o.Lease = 30 * time.Second
	}
	if o.Poll <= 0 {
		o.Poll = 250 * time.Millisecond
	}
	if o.Batch <= 0 {
		o.Batch = 2 * o.Workers
	}
	if o.Grace <= 0 {
		o.Grace = 5 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Observer == nil {
		o.Observer = blind{}
	}
	if o.Before == nil {
		o.Before = func(context.Context, *Run, string, Phase) error { return nil }
	}
	return o
}
