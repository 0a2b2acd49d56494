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

# Over five hundred damaged, hostile and odd files, corrections of those that can be read, and messages, archives, lists and
# sources of templates of up to 25 MB: the tables of classes, outcomes and costs.
hostile:
	$(GO) test ./xlsx/returns -run '^(TestHostile|TestAttackCost)$$' -v
	RUBRIC_HOSTILE_MB=$${RUBRIC_HOSTILE_MB:-25} $(GO) test ./xlsx/returns -run '^TestHostileCorrections$$' -v -timeout 30m
	RUBRIC_HOSTILE_MB=$${RUBRIC_HOSTILE_MB:-25} $(GO) test ./mail -run '^TestHostileMail$$' -v -timeout 30m
	RUBRIC_HOSTILE_MB=$${RUBRIC_HOSTILE_MB:-25} $(GO) test ./office -run '^TestHostileSources$$' -v -timeout 30m

# 10,000 random changes of real returns; RUBRIC_SEED for other ones.
mutate:
	RUBRIC_MUTATIONS=$${RUBRIC_MUTATIONS:-10000} $(GO) test ./xlsx/returns -run '^TestMutations$$' -v -timeout 60m

# What leaves the office, attacked: 5,000 invented rounds; see docs/disclosure.md. A hundred at a time, each with its own file
# in ATTACK_DIR, so that a run goes on where it was stopped; the sum stands at the end.
ATTACK_DIR ?= $(CURDIR)/dist/attack
attack:
	@mkdir -p $(ATTACK_DIR) && $(GO) test -c -o $(ATTACK_DIR)/disclosure.test ./scoring/disclosure
	@sh scoring/disclosure/testdata/attack.sh $(ATTACK_DIR) $${RUBRIC_ATTACK:-5000}

# Every fuzz test that there is, for FUZZTIME each; they are found, so that none is forgotten.
FUZZTIME ?= 1m
fuzz:
	@for f in $$(grep -rl --include='*_test.go' '^func Fuzz' . | sort); do \
	  for t in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$f); do \
	    echo "== $$t in $$(dirname $$f)"; \
	    $(GO) test $$(dirname $$f) -run XXX -fuzz "^$$t\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x || exit 1; \
	  done; \
	done

# A stop at every request and every write of the journal, for 200 recipients at a stand-in for Microsoft 365: five to ten minutes.
.PHONY: post-faults
post-faults:
	RUBRIC_POST_FAULTS=$${RUBRIC_POST_FAULTS:-200} $(GO) test ./mail/graph -run '^TestAllStopsOfManyRecipients$$' -v -timeout 120m

# All that a release consists of, in dist/release: on Debian, with zip, nsis, rpm and Go.
.PHONY: release
release:
	packaging/release dist/release
