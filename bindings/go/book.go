package wuzhang

import (
	"bytes"
	"encoding/json"
)

// A Book is an engine with its journal. Goroutines may read it together; whoever changes it has to
// be alone, or one of them gets [ErrBusy].
type Book struct{ handle *handle }

// OpenBook opens a book of a policy and a roster document: a new one where the journal is empty, or
// that of the journal, which is verified while every command is lived again. The end of a journal
// that was torn while it was written is dropped; cut the file by that many bytes.
func OpenBook(policy *Policy, roster string, journal []byte) (book *Book, dropped uint64, err error) {
	of, err := policy.held().enter()
	if err != nil {
		return nil, 0, err
	}
	defer policy.handle.leave()
	a := cBookOpen(of, roster, journal)
	if a.status != StatusOK {
		return nil, 0, failure(a.status, a.refused)
	}
	return &Book{own(a.handle, cBookFree)}, a.dropped, nil
}

// RestoreBook makes the book that a snapshot holds; policy and roster are in it.
func RestoreBook(snapshot []byte) (*Book, error) {
	if err := ready(); err != nil {
		return nil, err
	}
	a := cBookRestore(snapshot)
	if a.status != StatusOK {
		return nil, failure(a.status, a.refused)
	}
	return &Book{own(a.handle, cBookFree)}, nil
}

// An Outcome is what came of a command.
type Outcome struct {
	// Accepted says whether the rules took it. If not, nothing has changed, and the findings are
	// every reason; if so, they are warnings.
	Accepted bool
	// JSON is the outcome: {"command":…,"events":[…],"findings":[…],"status":…}.
	JSON string
}

// Findings are the reasons or warnings; none where JSON is not an outcome.
func (o Outcome) Findings() []Finding {
	var body struct {
		Findings []Finding `json:"findings"`
	}
	if json.Unmarshal([]byte(o.JSON), &body) != nil {
		return nil
	}
	return body.Findings
}

// Events are what happened, as the journal has them; none where the command was rejected.
func (o Outcome) Events() []json.RawMessage {
	var body struct {
		Events []json.RawMessage `json:"events"`
	}
	if json.Unmarshal([]byte(o.JSON), &body) != nil {
		return nil
	}
	return body.Events
}

// Outcomes reads the lines that [Book.ApplyLines] gave.
func Outcomes(lines []byte) ([]Outcome, error) {
	var all []Outcome
	for _, line := range bytes.Split(lines, []byte{'\n'}) {
		if len(line) == 0 {
			continue
		}
		outcome, err := outcomeOf(line)
		if err != nil {
			return all, err
		}
		all = append(all, outcome)
	}
	return all, nil
}

func outcomeOf(text []byte) (Outcome, error) {
	var body struct {
		Status string `json:"status"`
	}
	if err := json.Unmarshal(text, &body); err != nil {
		return Outcome{}, err
	}
	return Outcome{body.Status == "accepted", string(text)}, nil
}

// Judge says what would come of a command, were it applied now: its outcome, without events. Nothing
// is kept.
func (b *Book) Judge(command string) (Outcome, error) {
	var outcome json.RawMessage
	if err := ask(b.Call, "judge", struct {
		Command json.RawMessage `json:"command"`
	}{json.RawMessage(command)}, &outcome); err != nil {
		return Outcome{}, err
	}
	return outcomeOf(outcome)
}

// Apply applies one command. A command that the rules refuse is an outcome. The error is
// [ErrInvalid] where the text is no JSON object with an id.
func (b *Book) Apply(command string) (Outcome, error) {
	book, err := b.held().enter()
	if err != nil {
		return Outcome{}, err
	}
	defer b.handle.leave()
	a := cBookApply(book, command)
	if a.status != StatusOK && a.status != StatusRejected {
		return Outcome{}, failure(a.status, a.refused)
	}
	return Outcome{a.status == StatusOK, a.out}, nil
}

// ApplyLines applies a block of commands, one a line, and gives one outcome a line. Blank lines are
// passed over. With [ErrStopped] the block ended early at a line that is no command: the outcomes
// are those of the lines before it, which are applied, and the error's finding has its number in
// the parameter "line".
func (b *Book) ApplyLines(lines []byte) (outcomes []byte, err error) {
	book, err := b.held().enter()
	if err != nil {
		return nil, err
	}
	defer b.handle.leave()
	a := cBookApplyLines(book, lines)
	if a.status != StatusOK {
		return a.out, failure(a.status, a.refused)
	}
	return a.out, nil
}

// Call answers a request that changes nothing: judge, duties, ledger, case, actions, agenda, publication,
// rates, advice, my_case, policy, roster, journal, status. The answer is {"ok":…}.
func (b *Book) Call(request string) (string, error) {
	book, err := b.held().enter()
	if err != nil {
		return "", err
	}
	defer b.handle.leave()
	return said(cBookCall(book, request))
}

// Journal is the journal's lines from the event with this number on; 1 is the first. Keep them: they
// are the book. After a command, ask for those that you do not have yet, append and sync them.
func (b *Book) Journal(from uint64) ([]byte, error) {
	book, err := b.held().enter()
	if err != nil {
		return nil, err
	}
	defer b.handle.leave()
	return block(cBookJournal(book, from))
}

// Snapshot is the whole book as one block of bytes, for [RestoreBook].
func (b *Book) Snapshot() ([]byte, error) {
	book, err := b.held().enter()
	if err != nil {
		return nil, err
	}
	defer b.handle.leave()
	return block(cBookSnapshot(book))
}

func block(a answer[[]byte]) ([]byte, error) {
	if a.status != StatusOK {
		return nil, failure(a.status, a.refused)
	}
	return a.out, nil
}

// Close frees the book. It always returns nil.
func (b *Book) Close() error {
	if b != nil {
		b.handle.close()
	}
	return nil
}

func (b *Book) held() *handle {
	if b == nil {
		return nil
	}
	return b.handle
}
