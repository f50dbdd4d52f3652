package server

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/polity-cloud/polity/internal/durable"
	"github.com/polity-cloud/polity/internal/store"
	"github.com/polity-cloud/polity/internal/wire/call"
)

// metrics are what the server tells about itself at /metrics. Each server has a registry of its own, so that tests can run several.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	latency  *prometheus.HistogramVec
	steps    *prometheus.CounterVec
	ended    *prometheus.CounterVec
	lasted   *prometheus.HistogramVec
}

func newMetrics(st store.Store, log *slog.Logger) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "polity_requests_total", Help: "Requests answered, by API, operation and error code (empty for a success).",
		}, []string{"api", "operation", "code"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "polity_request_duration_seconds", Help: "Time from a request's last header to its answer.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
		}, []string{"api", "operation"}),
		steps: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "polity_saga_steps_total", Help: "Tries of saga steps, by kind, step and outcome.",
		}, []string{"kind", "step", "outcome"}),
		ended: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "polity_sagas_ended_total", Help: "Sagas that ended, by kind and state.",
		}, []string{"kind", "state"}),
		lasted: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "polity_saga_duration_seconds", Help: "Age of sagas when they ended.",
			Buckets: []float64{.001, .005, .01, .05, .1, .5, 1, 5, 15, 60, 300, 3600},
		}, []string{"kind"}),
	}
	m.registry.MustRegister(m.requests, m.latency, m.steps, m.ended, m.lasted, sagaCollector{st, log}, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// answered counts a request. An operation that no contract has is counted under no name, so that strangers cannot grow the series.
func (m *metrics) answered(c *call.Call, took time.Duration) {
	m.requests.WithLabelValues(c.API, c.Operation, c.Code).Inc()
	m.latency.WithLabelValues(c.API, c.Operation).Observe(took.Seconds())
}

// StepTried and SagaEnded make the metrics a durable.Observer.
func (m *metrics) StepTried(t durable.Trial) {
	m.steps.WithLabelValues(t.Saga.Kind, t.Step, string(t.Outcome)).Inc()
}

// SagaEnded counts a saga.
func (m *metrics) SagaEnded(s durable.Saga) {
	m.ended.WithLabelValues(s.Kind, string(s.State)).Inc()
	m.lasted.WithLabelValues(s.Kind).Observe(s.Age().Seconds())
}

// sagaCollector asks the database when the metrics are read: what runs is known to all replicas there.
type sagaCollector struct {
	store store.Store
	log   *slog.Logger
}

var (
	databaseUp   = prometheus.NewDesc("polity_database_up", "1 when the database answers.", nil, nil)
	sagasRunning = prometheus.NewDesc("polity_sagas_running", "Sagas that have not ended, by kind.", []string{"kind"}, nil)
	sagaOldest   = prometheus.NewDesc("polity_saga_oldest_seconds", "Age of the oldest saga that has not ended, by kind.", []string{"kind"}, nil)
)

// Describe sends the descriptions of what Collect sends.
func (s sagaCollector) Describe(ch chan<- *prometheus.Desc) {
	ch <- databaseUp
	ch <- sagasRunning
	ch <- sagaOldest
}

// Collect asks the database, for at most two seconds.
func (s sagaCollector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	stats, err := s.store.SagaStats(ctx)
	up := 1.0
	if err != nil {
		s.log.Warn("sagas cannot be counted", "error", err)
		up = 0
	}
	ch <- prometheus.MustNewConstMetric(databaseUp, prometheus.GaugeValue, up)
	for _, k := range stats {
		ch <- prometheus.MustNewConstMetric(sagasRunning, prometheus.GaugeValue, float64(k.Running), k.Kind)
		ch <- prometheus.MustNewConstMetric(sagaOldest, prometheus.GaugeValue, time.Since(k.Oldest).Seconds(), k.Kind)
	}
}
