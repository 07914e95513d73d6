package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// What is committed is what the header gives.
func TestCommitted(t *testing.T) {
	header, err := os.ReadFile("../../../../ffi/include/wuzhang.h")
	if err != nil {
		t.Fatal(err)
	}
	want, err := render(header)
	if err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadFile("../../codes.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, have) {
		t.Error("codes.go is not what the header gives: run go generate in bindings/go")
	}
}

// A number in a shape that the generator does not know is an error, not left out.
func TestUnknownShape(t *testing.T) {
	header, err := os.ReadFile("../../../../ffi/include/wuzhang.h")
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range []struct{ from, to string }{
		{"  /* plan.cap */\n", ""},
		{"  WZ_STATUS_BUSY = 20,", "  WZ_STATUS_BUSY = 0x14,"},
		{"#define WZ_ABI 1\n", ""},
	} {
		changed := strings.Replace(string(header), change.from, change.to, 1)
		if changed == string(header) {
			t.Fatalf("the header has no %q", change.from)
		}
		if _, err := render([]byte(changed)); err == nil {
			t.Errorf("%q in place of %q is accepted", change.to, change.from)
		}
	}
}
