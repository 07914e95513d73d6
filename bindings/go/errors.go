package wuzhang

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// A Status says how a call ended, by the number that it has in every face of wuzhang. It is an
// error, so that errors.Is finds it in an [*Error].
type Status uint32

// Error is what the status means, in English.
func (s Status) Error() string { return "wuzhang: " + cStatusText(s) }

// What errors.Is compares with. Each but ErrClosed stands for a [Status].
var (
	// ErrClosed is the answer of a policy, engine or book after its Close.
	ErrClosed = errors.New("wuzhang: the handle is closed")
	// ErrInvalid: a document, request or line is not as it should be; the findings say what.
	ErrInvalid error = StatusInvalid
	// ErrStopped: a block of lines ended early at a line that is no command.
	ErrStopped error = StatusStopped
	// ErrUTF8: a text is not UTF-8.
	ErrUTF8 error = StatusUTF8
	// ErrBusy: another goroutine uses the book in a way that does not go together. Nothing was done.
	ErrBusy error = StatusBusy
	// ErrABI: the library that was loaded is not the one that this package was built for.
	ErrABI error = StatusABI
	// ErrPanic: a defect of the library was caught. Other handles work on.
	ErrPanic error = StatusPanic
	// ErrPoisoned: a defect interrupted a change of this book. Open it anew from its journal.
	ErrPoisoned error = StatusPoisoned
)

// An Error says why a call did not give what was asked for.
type Error struct {
	// Status says how the call ended.
	Status Status
	// Findings say what is wrong and where; of [ErrInvalid] and [ErrStopped] only.
	Findings []Finding
	// Answer is the error answer as the library gave it, {"error":{"findings":[…]}}; empty where
	// there are no findings.
	Answer string

	// What only this package can say.
	detail string
}

// Unwrap is the status.
func (e *Error) Unwrap() error { return e.Status }

// Error is what the status means, and what is wrong first, in English.
func (e *Error) Error() string {
	var text strings.Builder
	text.WriteString(e.Status.Error())
	if e.detail != "" {
		text.WriteString(": " + e.detail)
	}
	if len(e.Findings) > 0 {
		text.WriteString(": " + e.Findings[0].String())
	}
	if more := len(e.Findings) - 1; more > 0 {
		fmt.Fprintf(&text, " (and %d more)", more)
	}
	return text.String()
}

// failure is the error of an answer that is none.
func failure(status Status, refused string) error {
	failed := &Error{Status: status, Answer: refused}
	if refused != "" {
		var body struct {
			Error struct {
				Findings []Finding `json:"findings"`
			} `json:"error"`
		}
		if err := json.Unmarshal([]byte(refused), &body); err != nil {
			failed.detail = err.Error()
		}
		failed.Findings = body.Error.Findings
	}
	return failed
}

// bad is the error of an argument that the library is not even asked about.
func bad(format string, args ...any) error {
	return &Error{Status: StatusInvalid, detail: fmt.Sprintf(format, args...)}
}

// A Finding is a violation, a warning or advice.
type Finding struct {
	// Code is stable for ever; programs read it and Params.
	Code Code `json:"code"`
	// Severity is "error", "warning" or "advice".
	Severity string `json:"severity"`
	// Rule is the rule that stands behind it; empty where none does.
	Rule string `json:"rule,omitempty"`
	// Modality says how strongly the rule binds: "must" or "in_principle".
	Modality string `json:"modality,omitempty"`
	// Source is what the rule rests on.
	Source *Source `json:"source,omitempty"`
	// Path is a JSON Pointer to what is meant.
	Path string `json:"path"`
	// Message is for people, and may be reworded.
	Message Message `json:"message"`
	// Params hold the particulars; "reason" is the finer distinction within the code.
	Params map[string]any `json:"params"`
}

// A Source is what a rule rests on.
type Source struct {
	// Kind is "text" (the handbook), "law" (a statute) or "assumed".
	Kind string `json:"kind"`
	// Article of the handbook or the statute.
	Article string `json:"article,omitempty"`
	// Grounding of an assumption.
	Grounding string `json:"grounding,omitempty"`
}

// A Message is what a finding says to people, in Chinese and in English.
type Message struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// String is the finding in English, in one line.
func (f Finding) String() string {
	if f.Path == "" {
		return fmt.Sprintf("%s: %s", f.Code, f.Message.En)
	}
	return fmt.Sprintf("%s at %s: %s", f.Code, f.Path, f.Message.En)
}
