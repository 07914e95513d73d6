// The program generate writes the numbers of the C header as constants of Go: the ABI, the statuses
// and the codes of findings.
//
//	go run ./internal/generate HEADER FILE
package main

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"regexp"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: generate HEADER FILE")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(header, file string) error {
	text, err := os.ReadFile(header)
	if err != nil {
		return err
	}
	code, err := render(text)
	if err != nil {
		return fmt.Errorf("%s: %w", header, err)
	}
	return os.WriteFile(file, code, 0o666)
}

var (
	abiLine    = regexp.MustCompile(`(?m)^#define WZ_ABI (\d+)$`)
	statusLine = regexp.MustCompile(`(?m)^  /\*\*\n((?:   \*(?: .*)?\n)+?)   \*/\n  WZ_STATUS_(\w+) = (\d+),$`)
	codeLine   = regexp.MustCompile(`(?m)^  /\* (\S+) \*/\n  WZ_CODE_(\w+) = (\d+),?$`)
	// Every line that gives a number, however it is written: none may be passed over.
	anyLine = regexp.MustCompile(`(?m)^\s*WZ_(?:STATUS|CODE)_\w+\s*=`)
)

// render makes the file of constants of the header's text.
func render(header []byte) ([]byte, error) {
	abi := abiLine.FindSubmatch(header)
	statuses, codes := statusLine.FindAllSubmatch(header, -1), codeLine.FindAllSubmatch(header, -1)
	all := len(anyLine.FindAll(header, -1))
	if abi == nil || len(statuses) == 0 || len(codes) == 0 || len(statuses)+len(codes) != all {
		return nil, fmt.Errorf("of %d numbers, %d are read as statuses and %d as codes", all, len(statuses), len(codes))
	}
	var out bytes.Buffer
	out.WriteString("// Code generated from wuzhang.h by go generate. DO NOT EDIT.\n\npackage wuzhang\n\n")
	fmt.Fprintf(&out, "// ABI is the number of the header that this package was made for.\nconst ABI = %s\n\n", abi[1])
	out.WriteString("// How a call ended. A number once given keeps its meaning; new ones may come.\nconst (\n")
	for _, status := range statuses {
		for _, line := range strings.Split(strings.TrimRight(string(status[1]), "\n"), "\n") {
			out.WriteString("\t//" + strings.TrimPrefix(line, "   *") + "\n")
		}
		fmt.Fprintf(&out, "\tStatus%s Status = %s\n", name(string(status[2])), status[3])
	}
	out.WriteString(")\n\n")
	out.WriteString("// A Code is the stable word of a finding.\ntype Code string\n\n")
	out.WriteString("// The codes of findings. None is ever given another meaning.\nconst (\n")
	for _, code := range codes {
		fmt.Fprintf(&out, "\tCode%s Code = %q\n", name(string(code[2])), code[1])
	}
	out.WriteString(")\n\n")
	out.WriteString("// Number is the number of the code in the C header; 0 for a word that is no code.\n")
	out.WriteString("func (c Code) Number() uint32 { return codeNumbers[c] }\n\nvar codeNumbers = map[Code]uint32{\n")
	for _, code := range codes {
		fmt.Fprintf(&out, "\tCode%s: %s,\n", name(string(code[2])), code[3])
	}
	out.WriteString("}\n")
	return format.Source(out.Bytes())
}

// name writes a word of the header as Go does: PLAN_CAP as PlanCap, ID as ID.
func name(word string) string {
	var out strings.Builder
	for _, part := range strings.Split(word, "_") {
		switch part {
		case "ID", "OK", "ABI", "UTF8":
			out.WriteString(part)
		default:
			out.WriteString(part[:1] + strings.ToLower(part[1:]))
		}
	}
	return out.String()
}
