package wuzhang

// What the views answer. Dates, instants and periods are the text that the library gives. Where it
// gives null for a text, the field is empty; where null says something else than zero, it is a pointer.

import "encoding/json"

// A Duty is who owes what by when under which rule.
type Duty struct {
	Rule        string   `json:"rule"`
	Subject     string   `json:"subject"`
	Object      string   `json:"object"`
	Period      string   `json:"period"`
	Due         string   `json:"due"`
	State       string   `json:"state"` // pending, met, late, missed, excused
	Required    uint32   `json:"required"`
	Count       uint32   `json:"count"`
	LateEntries uint32   `json:"late_entries"`
	Evidence    []string `json:"evidence"`
	Provisional bool     `json:"provisional,omitempty"`
}

// A Ledger is a unit's cases. Where Full is false the viewer may read what hangs on the board only:
// Items, and neither Rows nor Counts.
type Ledger struct {
	Unit     string        `json:"unit"`
	UnitName string        `json:"unit_name"`
	Kind     string        `json:"kind"`
	Tier     string        `json:"tier"` // detail, comprehensive, key
	AsOf     string        `json:"as_of"`
	Full     bool          `json:"full"`
	Rows     []LedgerRow   `json:"rows"`
	Counts   []LedgerCount `json:"counts,omitempty"`
	Items    []PublicItem  `json:"-"`
}

// UnmarshalJSON reads both kinds of ledger: the library calls the lines of either rows.
func (l *Ledger) UnmarshalJSON(text []byte) error {
	type plain Ledger
	body := struct {
		*plain
		Rows json.RawMessage `json:"rows"`
	}{plain: (*plain)(l)}
	if err := json.Unmarshal(text, &body); err != nil {
		return err
	}
	if l.Full {
		return json.Unmarshal(body.Rows, &l.Rows)
	}
	return json.Unmarshal(body.Rows, &l.Items)
}

// A LedgerRow is one case on a ledger.
type LedgerRow struct {
	Case            string `json:"case"`
	Category        string `json:"category"` // livelihood, hardship, stability
	Topic           string `json:"topic"`
	Text            string `json:"text"`
	Channel         string `json:"channel"`
	Collector       string `json:"collector"`
	Household       string `json:"household"`
	Name            string `json:"name"`
	Address         string `json:"address"`
	Standing        string `json:"standing"` // held, escalated
	HeldBy          string `json:"held_by"`
	State           string `json:"state"`
	NotedOn         string `json:"noted_on"`
	LedgeredOn      string `json:"ledgered_on"`
	Measures        string `json:"measures"`
	Target          string `json:"target"`
	Responsible     string `json:"responsible"`
	ResponsibleName string `json:"responsible_name"`
	Due             string `json:"due"`
	Overdue         bool   `json:"overdue"`
	Colour          string `json:"colour"` // blue, yellow, red
	Notice          string `json:"notice"` // remind, overdue, unexplained
	Result          string `json:"result"`
	Solved          string `json:"solved"`
	Satisfied       string `json:"satisfied"`
	Dissatisfied    uint32 `json:"dissatisfied"`
	ClosedAs        string `json:"closed_as"`
	Repeats         string `json:"repeats"`
	Provisional     bool   `json:"provisional,omitempty"`
}

// A LedgerCount is how many cases of a category are open and closed.
type LedgerCount struct {
	Category string `json:"category"`
	Open     uint64 `json:"open"`
	Closed   uint64 `json:"closed"`
}

// A PublicItem is one item as the public sees it. A field that may not be shown is empty.
type PublicItem struct {
	Category string `json:"category,omitempty"`
	Village  string `json:"village,omitempty"`
	Group    string `json:"group,omitempty"`
	Name     string `json:"name,omitempty"`
	Summary  string `json:"summary,omitempty"`
	Measures string `json:"measures,omitempty"`
	Post     string `json:"post,omitempty"`
	Due      string `json:"due,omitempty"`
	Result   string `json:"result,omitempty"`
	Stage    string `json:"stage"` // plan, result
}

// A CaseView is one case from its beginning. Where Full is false the viewer may read what hangs on
// boards only: Items, and nothing else.
type CaseView struct {
	Full   bool            `json:"full"`
	Case   json.RawMessage `json:"case,omitempty"` // as an Engine takes it
	Duties []Duty          `json:"duties,omitempty"`
	Colour string          `json:"colour,omitempty"`
	Notice string          `json:"notice,omitempty"`
	Items  []PublicItem    `json:"items,omitempty"`
}

// An Action is a step, whether somebody may take it, and if not, why.
type Action struct {
	Do       string    `json:"do"`
	As       string    `json:"as,omitempty"`
	Allowed  bool      `json:"allowed"`
	Findings []Finding `json:"findings"`
}

// An Agenda is what a person owes, and the unit whose office the person belongs to.
type Agenda struct {
	Person string      `json:"person"`
	Name   string      `json:"name"`
	At     string      `json:"at"`
	Rows   []AgendaRow `json:"rows"`
}

// An AgendaRow is one thing to do.
type AgendaRow struct {
	Rule        string `json:"rule"`
	Subject     string `json:"subject"`
	Object      string `json:"object"`
	Period      string `json:"period"`
	Due         string `json:"due"`
	State       string `json:"state"`
	Required    uint32 `json:"required"`
	Count       uint32 `json:"count"`
	LateEntries uint32 `json:"late_entries"`
	Overdue     bool   `json:"overdue"`
	Days        uint32 `json:"days"` // left; over, when overdue
	Modality    string `json:"modality"`
	Source      Source `json:"source"`
	Topic       string `json:"topic"`
	Provisional bool   `json:"provisional,omitempty"`
}

// A Publication is a unit's board in a period.
type Publication struct {
	Unit     string  `json:"unit"`
	UnitName string  `json:"unit_name"`
	Period   string  `json:"period"`
	Postings []Sheet `json:"postings"`
	Counts   struct {
		Rows  []PublicCounts `json:"rows"`
		Total PublicCounts   `json:"total"`
	} `json:"counts"`
}

// A Sheet is one posting on a board.
type Sheet struct {
	Posting string `json:"posting"`
	Stage   string `json:"stage"`
	Place   string `json:"place"`
	From    string `json:"from"`
	Up      bool   `json:"up"`
	Items   []struct {
		No   uint64     `json:"no"`
		Item PublicItem `json:"item"`
	} `json:"items"`
}

// PublicCounts are counts as the public sees them. Nil is a count too small to be shown.
type PublicCounts struct {
	Category  string  `json:"category"`
	Noted     *uint64 `json:"noted"`
	Decided   *uint64 `json:"decided"`
	Settled   *uint64 `json:"settled"`
	Published *uint64 `json:"published"`
	Closed    *uint64 `json:"closed"`
	Total     *uint64 `json:"total"`
}

// A Fraction is an exact rate: In of Of.
type Fraction struct {
	In uint64 `json:"in"`
	Of uint64 `json:"of"`
}

// A Rate is the rates of a unit, and of a category where one is named. Nil is a rate of fewer than 5.
type Rate struct {
	Unit         string    `json:"unit"`
	UnitName     string    `json:"unit_name"`
	Category     string    `json:"category"`
	Response     *Fraction `json:"response"`
	Solving      *Fraction `json:"solving"`
	Satisfaction *Fraction `json:"satisfaction"`
	Coverage     *Fraction `json:"coverage"`
	N            struct {
		Noted    uint64 `json:"noted"`
		Answered uint64 `json:"answered"`
		Due      uint64 `json:"due"`
	} `json:"n"`
	Partly    uint64 `json:"partly"`
	Unrated   uint64 `json:"unrated"`
	Withdrawn uint64 `json:"withdrawn"`
	Merged    uint64 `json:"merged"`
	Reopened  uint64 `json:"reopened"`
}

// A MyCase is what a household may read of its own case.
type MyCase struct {
	QueryCode string `json:"query_code"`
	UnitName  string `json:"unit_name"`
	Category  string `json:"category"`
	Topic     string `json:"topic"`
	Appeal    string `json:"appeal"`
	State     string `json:"state"`
	Measures  string `json:"measures"`
	Due       string `json:"due"`
	Result    string `json:"result"`
	Timeline  []struct {
		On    string `json:"on"`
		Event string `json:"event"`
		To    string `json:"to"`
	} `json:"timeline"`
}

// A BookStatus is where a book stands.
type BookStatus struct {
	Commands uint64 `json:"commands"`
	Events   uint64 `json:"events"`
	Cases    uint64 `json:"cases"`
	Visits   uint64 `json:"visits"`
	Head     string `json:"head"`
	LastAt   string `json:"last_at"`
}

// A Verdict is whether a journal's chain holds; if not, Finding says where it breaks.
type Verdict struct {
	Sound   bool     `json:"sound"`
	Events  uint64   `json:"events,omitempty"`
	Head    string   `json:"head,omitempty"`
	Finding *Finding `json:"finding,omitempty"`
}

// An Explanation says what a code or a rule means.
type Explanation struct {
	Code   string          `json:"code"`
	Number uint32          `json:"number"`
	Title  Message         `json:"title"`
	Asks   *Message        `json:"asks"`
	Cause  *Message        `json:"cause"`
	Cure   *Message        `json:"cure"`
	Rule   json.RawMessage `json:"rule"`
}
