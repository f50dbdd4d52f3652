# polity: `make run` starts the twin, `make test` proves everything.

GO ?= go
export PATH := $(CURDIR)/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help run build test unit race conformance clients fuzz bench generate tools check clean

help: ## print the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

run: build ## build and start the twin: no key, no configuration, no database
	./bin/polity dev

build: ## build bin/polity, a static binary
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o bin/polity ./cmd/polity

test: ## set up what the tests need and run all of them, PostgreSQL included
	./scripts/test

unit: ## run the main module's tests as they are, without setting anything up
	$(GO) test ./...

race: ## run the parts that share memory under the race detector
	$(GO) test -race -short $(RACE)

RACE = ./internal/durable/... ./internal/store/... ./internal/controlplane/... ./internal/workflow/... ./internal/twin/... ./internal/throttle/... ./internal/gate/... ./internal/wire/...

conformance: ## drive the binary with the clouds' own SDKs
	cd conformance && $(GO) test ./...

clients: build ## drive the binary with the aws CLI, boto3 and org-formation, where they are to be had
	./scripts/clients/run

fuzz: ## fuzz each parser for a minute
	./scripts/fuzz

bench: build ## print what it costs, as ratios measured in one run
	$(GO) run ./internal/proof/bench -million

tools: ## install the pinned generators into bin/
	./scripts/tools

generate: tools ## generate everything that is generated
	$(GO) generate ./...
	$(GO) run ./internal/gen/coverage

check: ## all of CI
	./.ci/run

clean: ## remove what was built
	rm -rf bin
