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

cross:
	sh .ci/cross

clean:
	rm -rf demo-round dist
