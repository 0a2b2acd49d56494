# Everything here is a convenience: 'go run ./cmd/rubric demo demo-round' and 'go test ./...' are enough.
GO ?= go

.PHONY: test race vet layers bench hostile mutate attack fuzz demo cross clean

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
	$(GO) test -run '^$$' -bench 'Read$$|Write$$|Consolidated$$' ./xlsx/returns ./xlsx/assessment ./xlsx/consolidated
	$(GO) test -run '^$$' -bench CostAgainstPeers -benchtime 1x ./pdf

cross:
	sh .ci/cross

clean:
	rm -rf demo-round dist

# Over five hundred damaged, hostile and odd files, and messages and archives of up to 25 MB: the tables of classes, outcomes
# and costs.
hostile:
	$(GO) test ./xlsx/returns -run '^TestHostile$$' -v
	RUBRIC_HOSTILE_MB=$${RUBRIC_HOSTILE_MB:-25} $(GO) test ./mail -run '^TestHostileMail$$' -v

# 10,000 random changes of real returns; RUBRIC_SEED for other ones.
mutate:
	RUBRIC_MUTATIONS=$${RUBRIC_MUTATIONS:-10000} $(GO) test ./xlsx/returns -run '^TestMutations$$' -v -timeout 60m

# What leaves the office, attacked: 5,000 invented rounds; see docs/disclosure.md.
attack:
	RUBRIC_ATTACK=$${RUBRIC_ATTACK:-5000} $(GO) test ./scoring/disclosure -run '^TestNothingIsGivenAway$$' -v -timeout 24h

# Every fuzz test that there is, for FUZZTIME each; they are found, so that none is forgotten.
FUZZTIME ?= 1m
fuzz:
	@for f in $$(grep -rl --include='*_test.go' '^func Fuzz' . | sort); do \
	  for t in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$f); do \
	    echo "== $$t in $$(dirname $$f)"; \
	    $(GO) test $$(dirname $$f) -run XXX -fuzz "^$$t\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x || exit 1; \
	  done; \
	done

# All that a release consists of, in dist/release: on Debian, with zip, nsis, rpm and Go.
.PHONY: release
release:
	packaging/release dist/release
