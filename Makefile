# Everything here is a convenience: 'go run ./cmd/rubric demo demo-round' and 'go test ./...' are enough.
GO ?= go

.PHONY: test race vet layers bench hostile mutate fuzz demo cross clean

test:
	$(GO) test ./...

race:
	$(GO) test -race -short ./...

vet:
	$(GO) vet ./...
	sh .ci/layers

demo:
	$(GO) run ./cmd/rubric demo demo-round

bench:
	$(GO) run ./bench
	$(GO) test -run '^$$' -bench 'ReadReturn$$|Write$$|Consolidated$$' ./xlsx
	$(GO) test -run '^$$' -bench CostAgainstPeers -benchtime 1x ./pdf

cross:
	sh .ci/cross

clean:
	rm -rf demo-round dist

# Over five hundred damaged, hostile and odd files: the table of classes and outcomes.
hostile:
	$(GO) test ./xlsx -run '^TestHostile$$' -v

# 10,000 random changes of real returns; RUBRIC_SEED for other ones.
mutate:
	RUBRIC_MUTATIONS=$${RUBRIC_MUTATIONS:-10000} $(GO) test ./xlsx -run '^TestMutations$$' -v -timeout 60m

# Each fuzz test of the readers for FUZZTIME.
FUZZTIME ?= 1m
fuzz:
	for t in FuzzFile FuzzSheet FuzzODS FuzzAnswer; do $(GO) test ./xlsx -run XXX -fuzz "^$$t\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x || exit 1; done
	$(GO) test ./xlsx/internal/xmlscan -run XXX -fuzz '^FuzzScanner$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	$(GO) test ./xlsx/internal/sheet -run XXX -fuzz '^FuzzQuick$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	$(GO) test ./xlsx/internal/opc -run XXX -fuzz '^FuzzPackage$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	$(GO) test ./xlsx/internal/inflate -run XXX -fuzz '^FuzzInflate$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
