package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/polity-cloud/polity/internal/api/native"
	"github.com/polity-cloud/polity/internal/gate"
	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/provisioner"
	"github.com/polity-cloud/polity/internal/server"
	"github.com/polity-cloud/polity/internal/workflow"
)

// common are the flags of both ways to run.
type common struct {
	Listen   string         `help:"Address to listen on." default:"127.0.0.1:4650"`
	Public   bool           `help:"Let open mode listen beyond this machine."`
	Quotas   string         `help:"relaxed, or vendor for the clouds' published default quotas." enum:"relaxed,vendor" default:"relaxed"`
	Quota    map[string]int `help:"A single quota; zero is none: ${quotas}." placeholder:"NAME=N"`
	Pace     string         `help:"instant, or realistic for the time the clouds take." enum:"instant,realistic" default:"instant"`
	Throttle string         `help:"none, or vendor for the clouds' published request rates." enum:"none,vendor" default:"none"`
	Services string         `help:"known; any to let organizations trust services that polity does not know; or a file that lists the services." default:"known" placeholder:"known|any|FILE"`
	SCPs     string         `help:"2025, or 2024 for Huawei Cloud's service control policies by the rules of that year." enum:"2025,2024" default:"2025" name:"huawei-scp-edition"`
	Status   string         `help:"sent, or dropped to show accounts of AWS Organizations with their State alone, as AWS announced for 9 September 2026." enum:"sent,dropped" default:"sent" name:"account-status"`
	Workers  int            `help:"Long deeds carried out at a time." default:"16"`
	Stop     time.Duration  `help:"Time that running requests get to end." default:"10s" name:"stop-timeout"`

	ProvisionerURL      string        `help:"Webhook that furnishes each new account, and may refuse it." placeholder:"URL" name:"provisioner-url"`
	ProvisionerSecret   string        `help:"Secret that signs the webhook's requests." name:"provisioner-secret"`
	ProvisionerTimeout  time.Duration `help:"Time for one request to the webhook." default:"10s" name:"provisioner-timeout"`
	ProvisionerDeadline time.Duration `help:"Time after which an account that the webhook did not furnish fails." default:"10m" name:"provisioner-deadline"`

	DryRunLogs string `help:"Directory in which the records of policy dry runs are written, a folder for each bucket. Without it the native API alone has them." placeholder:"DIR" name:"dry-run-logs"`

	LogLevel  slog.Level `help:"debug (each request), info, warn or error." default:"info"`
	LogFormat string     `help:"text or json." enum:"text,json" default:"text"`
}

type devCommand struct {
	common
	Auth string `help:"open, or verify or soft to try signatures." enum:"verify,soft,open" default:"open"`
}

type serveCommand struct {
	common
	Database string `help:"sqlite:PATH or postgres://…" default:"sqlite:polity.db"`
	Pool     int    `help:"PostgreSQL connections." default:"16"`
	Auth     string `help:"verify, soft (log denials) or open." enum:"verify,soft,open" default:"verify"`

	Key           string `help:"Server key that seals secrets: base64 of 32 bytes. Without one it is kept in the database."`
	OperatorToken string `help:"Token of the native API. Without one it is minted at the first start and printed."`

	AWSAccountID       string `help:"First AWS account's id, instead of a minted one." name:"aws-account-id"`
	AWSAccessKeyID     string `help:"First AWS access key, instead of a minted one." name:"aws-access-key-id"`
	AWSSecretAccessKey string `help:"Its secret." name:"aws-secret-access-key"`
	HuaweiAccountID    string `help:"First Huawei Cloud account's id, instead of a minted one." name:"huawei-account-id"`
	HuaweiAccessKey    string `help:"First Huawei Cloud access key, instead of a minted one." name:"huawei-access-key"`
	HuaweiSecretKey    string `help:"Its secret." name:"huawei-secret-key"`
}

// Run runs the twin until ctx ends.
func (d *devCommand) Run(ctx context.Context, std *streams) error {
	c := d.config(std)
	c.Twin, c.Database, c.Auth = true, server.MemoryDatabase, gate.Mode(d.Auth)
	return listen(ctx, std, c, d.Listen)
}

// Run runs the control plane until ctx ends.
func (s *serveCommand) Run(ctx context.Context, std *streams) error {
	c := s.config(std)
	c.Database, c.Pool, c.Auth, c.Key, c.OperatorToken = s.Database, s.Pool, gate.Mode(s.Auth), s.Key, s.OperatorToken
	c.AWS = server.FirstKey{AccountID: org.AccountID(s.AWSAccountID), KeyID: org.KeyID(s.AWSAccessKeyID), Secret: s.AWSSecretAccessKey}
	c.Huawei = server.FirstKey{AccountID: org.AccountID(s.HuaweiAccountID), KeyID: org.KeyID(s.HuaweiAccessKey), Secret: s.HuaweiSecretKey}
	return listen(ctx, std, c, s.Listen)
}

func (c *common) config(std *streams) server.Config {
	return server.Config{
		Public: c.Public, Vendor: c.Quotas == "vendor", Quotas: c.Quota, Throttle: c.Throttle == "vendor", Services: c.Services, Edition2024: c.SCPs == "2024", StateAlone: c.Status == "dropped", Pace: workflow.Pace(c.Pace), Workers: c.Workers, Stop: c.Stop, Log: c.logger(std),
		DryRunLogs: c.DryRunLogs,
		Provisioner: provisioner.Config{
			URL: c.ProvisionerURL, Secret: c.ProvisionerSecret, Timeout: c.ProvisionerTimeout, Deadline: c.ProvisionerDeadline,
		},
	}
}

func (c *common) logger(std *streams) *slog.Logger {
	o := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(std.err, o))
	}
	return slog.New(slog.NewTextHandler(std.err, o))
}

// listen opens the server and its listener, says so on standard output, and serves until ctx ends.
func listen(ctx context.Context, std *streams, c server.Config, address string) error {
	s, err := server.Open(ctx, c, address)
	if err != nil {
		return err
	}
	defer func() {
		if err := s.Close(); err != nil {
			c.Log.Error("the database did not close", "error", err)
		}
	}()
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	showFirst(std, s.First)
	fmt.Fprintf(std.out, "polity is ready at http://%s\n", l.Addr())
	return s.Serve(ctx, l)
}

// showFirst prints what the first start made. It is not to be had again.
func showFirst(std *streams, f server.First) {
	for _, a := range f.Accounts {
		m := native.Show(a)
		if a.Caller.Partition == org.Huawei {
			fmt.Fprintf(std.out, "first Huawei Cloud credentials: HUAWEICLOUD_SDK_AK=%s HUAWEICLOUD_SDK_SK=%s HUAWEICLOUD_SDK_DOMAIN_ID=%s\n", m.AccessKeyID, m.SecretAccessKey, m.AccountID)
			continue
		}
		fmt.Fprintf(std.out, "first AWS credentials: AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s account=%s\n", m.AccessKeyID, m.SecretAccessKey, m.AccountID)
	}
	if f.OperatorToken != "" {
		fmt.Fprintf(std.out, "operator token: POLITY_OPERATOR_TOKEN=%s\n", f.OperatorToken)
	}
}
