package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/polity-cloud/polity/internal/api/native"
)

type accountCommand struct {
	Create createAccountCommand `cmd:"" help:"Mint a standalone account with an administrator's key, so that it can begin an organization."`
}

type createAccountCommand struct {
	Endpoint      string `help:"The running server." default:"http://127.0.0.1:4650"`
	OperatorToken string `help:"The server's operator token; a twin needs none."`
	Partition     string `help:"aws, aws-cn, aws-us-gov or huaweicloud." default:"aws"`
	Email         string `help:"The account's e-mail address; made up when left out."`
	Name          string `arg:"" optional:"" help:"The account's name; made up when left out."`
}

// Run asks the running server, as its operator, and prints the answer's JSON.
func (c *createAccountCommand) Run(ctx context.Context, std *streams) error {
	body, err := json.Marshal(map[string]string{"partition": c.Partition, "name": c.Name, "email": c.Email})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Endpoint+"/_polity/accounts", bytes.NewReader(body))
	if err != nil {
		return err
	}
	if c.OperatorToken != "" {
		req.Header.Set("Authorization", "Bearer "+c.OperatorToken)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return err
	}
	if res.StatusCode == http.StatusUnauthorized {
		return fmt.Errorf("the server answers %s: %s: give the token that it printed when it first started, with --operator-token or POLITY_OPERATOR_TOKEN",
			res.Status, bytes.TrimSpace(answer))
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answers %s: %s", res.Status, bytes.TrimSpace(answer))
	}
	var made native.Minted
	if err := json.Unmarshal(answer, &made); err != nil {
		return fmt.Errorf("read the server's answer: %w", err)
	}
	out := json.NewEncoder(std.out)
	out.SetIndent("", "  ")
	return out.Encode(made)
}

type versionCommand struct{}

// Run prints the version of the build.
func (versionCommand) Run(std *streams) error {
	_, err := fmt.Fprintln(std.out, version())
	return err
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return "polity " + info.Main.Version
	}
	return "polity (devel)"
}
