.PHONY: build test test-all check update serve

build:
	go run ./cmd/handvat build --out public

test:
	go test -timeout 40m ./...

test-all:
	sh generator/test.sh

check:
	go run ./cmd/handvat check

update:
	UPDATE=1 go test -timeout 40m ./...

serve:
	go run ./cmd/handvat serve
