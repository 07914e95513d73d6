package wuzhang

// Requests as methods: each writes the request and decodes the answer.

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// ask writes a request of an operation and its fields, hands it over and decodes what "ok" holds.
func ask(call func(string) (string, error), op string, fields any, into any) error {
	request, err := json.Marshal(fields)
	if err != nil {
		return bad("%v", err)
	}
	// The fields are a structure, so this is an object: the operation's name is put before the others.
	text := `{"op":"` + op + `"`
	if string(request) != "{}" {
		text += ","
	}
	answer, err := call(text + string(request[1:]))
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(answer), &struct {
		OK any `json:"ok"`
	}{into}); err != nil {
		return fmt.Errorf("wuzhang: the answer of %s: %w", op, err)
	}
	return nil
}

// DutiesQuery asks for the duties that are due from From to To. The others may be left out.
type DutiesQuery struct {
	From    string `json:"from"`
	To      string `json:"to"`
	AsOf    string `json:"as_of,omitempty"` // an instant, or a date, which means its end
	Rule    string `json:"rule,omitempty"`  // may hold *
	State   string `json:"state,omitempty"`
	Subject string `json:"subject,omitempty"`
	Viewer  string `json:"viewer,omitempty"` // empty: nothing is held back
}

// Duties are who owes what by when.
func (b *Book) Duties(query DutiesQuery) (duties []Duty, err error) {
	return duties, ask(b.Call, "duties", query, &duties)
}

// LedgerQuery asks for a unit's ledger. All but Unit may be left out; without Viewer it is the public's.
type LedgerQuery struct {
	Unit     string `json:"unit"`
	Category string `json:"category,omitempty"`
	AsOf     string `json:"as_of,omitempty"`
	Viewer   string `json:"viewer,omitempty"`
}

// Ledger is a unit's cases, those held and those handed up.
func (b *Book) Ledger(query LedgerQuery) (ledger Ledger, err error) {
	return ledger, ask(b.Call, "ledger", query, &ledger)
}

// CaseQuery asks for a case. All but Case may be left out; without Viewer it is the public's.
type CaseQuery struct {
	Case   string `json:"case"`
	AsOf   string `json:"as_of,omitempty"`
	Viewer string `json:"viewer,omitempty"`
}

// Case is one case with its trail and its duties.
func (b *Book) Case(query CaseQuery) (view CaseView, err error) {
	return view, ask(b.Call, "case", query, &view)
}

// Actions are the steps of a case, and which of them a person may take at an instant.
func (b *Book) Actions(caseID, actor, at string) (actions []Action, err error) {
	return actions, ask(b.Call, "actions", struct {
		Case  string `json:"case"`
		Actor string `json:"actor"`
		At    string `json:"at"`
	}{caseID, actor, at}, &actions)
}

// AgendaQuery asks for a person's agenda. All but Person may be left out.
type AgendaQuery struct {
	Person string `json:"person"`
	At     string `json:"at,omitempty"`
	Viewer string `json:"viewer,omitempty"`
}

// Agenda is what a person has to do.
func (b *Book) Agenda(query AgendaQuery) (agenda Agenda, err error) {
	return agenda, ask(b.Call, "agenda", query, &agenda)
}

// Publication is a unit's board in a period, such as "2014-03".
func (b *Book) Publication(unit, period string) (board Publication, err error) {
	return board, ask(b.Call, "publication", struct {
		Unit   string `json:"unit"`
		Period string `json:"period"`
	}{unit, period}, &board)
}

// RatesQuery asks for rates over a range of days. Unit and Viewer may be left out.
type RatesQuery struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Unit   string `json:"unit,omitempty"`
	Viewer string `json:"viewer,omitempty"`
}

// Rates are the rates by unit and category.
func (b *Book) Rates(query RatesQuery) (rates []Rate, err error) {
	return rates, ask(b.Call, "rates", query, &rates)
}

// Advice is material for a call-back sample, from a day to a day. It is never a score.
func (b *Book) Advice(from, to string) (advice []Finding, err error) {
	return advice, ask(b.Call, "advice", struct {
		From string `json:"from"`
		To   string `json:"to"`
	}{from, to}, &advice)
}

// MyCase is a household's own case, by its query code and its secret; at may be empty.
func (b *Book) MyCase(queryCode, secret, at string) (own MyCase, err error) {
	return own, ask(b.Call, "my_case", struct {
		QueryCode string `json:"query_code"`
		Secret    string `json:"secret"`
		At        string `json:"at,omitempty"`
	}{queryCode, secret, at}, &own)
}

// Policy is the policy in force at a moment, as a document for [NewPolicy]; at may be empty and means
// the last command's moment then.
func (b *Book) Policy(at string) (document json.RawMessage, err error) {
	return document, ask(b.Call, "policy", documentQuery{at}, &document)
}

// Roster is the roster with all changes up to a moment, as a document for [OpenBook]; at as for
// [Book.Policy]. It names everybody and is for the host alone.
func (b *Book) Roster(at string) (document json.RawMessage, err error) {
	return document, ask(b.Call, "roster", documentQuery{at}, &document)
}

type documentQuery struct {
	At string `json:"at,omitempty"`
}

// Status is where the book stands.
func (b *Book) Status() (status BookStatus, err error) {
	return status, ask(b.Call, "status", struct{}{}, &status)
}

// An Applied is what an engine made of a command.
type Applied struct {
	// Case is the case as it stands afterwards; null where there is none.
	Case json.RawMessage `json:"case"`
	// NotJudged are the codes that only a book can judge.
	NotJudged []Code `json:"not_judged"`
	// Outcome is what came of the command.
	Outcome Outcome `json:"outcome"`
}

// UnmarshalJSON reads an outcome.
func (o *Outcome) UnmarshalJSON(text []byte) error {
	var body struct {
		Status string `json:"status"`
	}
	if err := json.Unmarshal(text, &body); err != nil {
		return err
	}
	*o = Outcome{body.Status == "accepted", string(text)}
	return nil
}

// Apply judges a command on one case, the JSON of [Applied.Case]; nil is no case yet.
func (e *Engine) Apply(theCase json.RawMessage, command string) (applied Applied, err error) {
	if theCase == nil {
		theCase = json.RawMessage("null")
	}
	return applied, ask(e.Call, "apply", struct {
		Case    json.RawMessage `json:"case"`
		Command json.RawMessage `json:"command"`
	}{theCase, json.RawMessage(command)}, &applied)
}

// Actions are the steps of a case, and which of them a person may take at an instant.
func (e *Engine) Actions(theCase json.RawMessage, actor, at string) (actions []Action, err error) {
	return actions, ask(e.Call, "actions", struct {
		Case  json.RawMessage `json:"case"`
		Actor string          `json:"actor"`
		At    string          `json:"at"`
	}{theCase, actor, at}, &actions)
}

// DutiesOf are the duties of a case as they stand at an instant.
func (e *Engine) DutiesOf(theCase json.RawMessage, at string) (duties []Duty, err error) {
	return duties, ask(e.Call, "duties_of", struct {
		Case json.RawMessage `json:"case"`
		At   string          `json:"at"`
	}{theCase, at}, &duties)
}

// Presets are the names of the policies that the library brings.
func Presets() (names []string, err error) {
	return names, ask(Call, "presets", struct{}{}, &names)
}

// Codes are the codes of findings that the library knows.
func Codes() (codes []Code, err error) {
	return codes, ask(Call, "codes", struct{}{}, &codes)
}

// Explain says what a code or a rule means.
func Explain(code string) (explanation Explanation, err error) {
	return explanation, ask(Call, "explain", struct {
		Code string `json:"code"`
	}{code}, &explanation)
}

// Verify says whether a journal's chain holds. A tail that was cut off leaves a valid shorter chain:
// head, the last hash, finds it where it is given.
func Verify(journal []byte, head string) (verdict Verdict, err error) {
	// Written as JSON, bytes that are no UTF-8 would become others.
	if !utf8.Valid(journal) {
		return verdict, failure(StatusUTF8, "")
	}
	return verdict, ask(Call, "verify", struct {
		Journal string `json:"journal"`
		Head    string `json:"head,omitempty"`
	}{string(journal), head}, &verdict)
}

// Check says what is wrong with a document. Kind is "policy", "roster" or "commands".
func Check(kind, text string) (findings []Finding, err error) {
	if !utf8.ValidString(text) {
		return nil, failure(StatusUTF8, "")
	}
	return findings, ask(Call, "check", struct {
		Kind string `json:"kind"`
		Text string `json:"text"`
	}{kind, text}, &findings)
}
