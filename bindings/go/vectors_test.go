package wuzhang_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"wuzhang"
)

// The shared vectors: every case of cases.jsonl, its answers written as a log, and that held against
// the log that every face has to give. WUZHANG_CASES names the folder; WUZHANG_LOG a file to leave
// the log in.
func TestVectors(t *testing.T) {
	dir := need(t, "WUZHANG_CASES", "../../target/cases")
	cases := readCases(t, dir)
	var log strings.Builder
	kinds, views := map[string]int{}, map[string]int{}
	for _, one := range cases.list {
		fmt.Fprintf(&log, "# %s\n", one.Name)
		one.run(t, &log, cases.documents, func(step *vectorStep, answer string) {
			kinds[step.To]++
			if view := checkView(t, one.Name, step, answer); view != "" {
				views[view]++
			}
		})
	}
	for view := range viewTypes {
		if views[view] == 0 {
			t.Errorf("no vector answers %s", view)
		}
	}
	if path := os.Getenv("WUZHANG_LOG"); path != "" {
		if err := os.WriteFile(path, []byte(log.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var manifest struct {
		Count int `json:"count"`
	}
	if err := json.Unmarshal(must(os.ReadFile("../../tests/vectors/manifest.json"))(t), &manifest); err != nil {
		t.Fatal(err)
	}
	if len(cases.list) != manifest.Count {
		t.Errorf("the manifest lists %d vectors, %d were run", manifest.Count, len(cases.list))
	}
	want := strings.Split(string(must(os.ReadFile(filepath.Join(dir, "expected.log")))(t)), "\n")
	have := strings.Split(log.String(), "\n")
	name := ""
	for number, line := range want {
		if strings.HasPrefix(line, "# ") {
			name = line[2:]
		}
		if number >= len(have) || have[number] != line {
			t.Fatalf("%s: line %d should be\n%s\nbut is\n%s", name, number+1, line, append(have, "")[min(number, len(have))])
		}
	}
	if len(have) != len(want) {
		t.Errorf("the log has %d lines, not %d", len(have), len(want))
	}
	t.Logf("%d cases, steps %v, views %v", len(cases.list), kinds, views)
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

type vectorCases struct {
	documents map[string]string
	list      []vectorCase
}

type vectorCase struct {
	Name   string       `json:"name"`
	Policy string       `json:"policy"`
	Roster string       `json:"roster"`
	Steps  []vectorStep `json:"steps"`
}

type vectorStep struct {
	To     string `json:"to"`
	Text   string `json:"text"`
	Visits struct {
		Cadres  []string `json:"cadres"`
		Targets []string `json:"targets"`
		Cadre   []uint32 `json:"cadre"`
		Target  []uint32 `json:"target"`
		On      []int64  `json:"on"`
		Entered []int64  `json:"entered"`
		Remote  []uint32 `json:"remote"`
		Visit   []uint64 `json:"visit"`
	} `json:"visits"`
}

func readCases(t testing.TB, dir string) vectorCases {
	t.Helper()
	lines := bytes.Split(must(os.ReadFile(filepath.Join(dir, "cases.jsonl")))(t), []byte{'\n'})
	var head struct {
		Documents map[string]string `json:"documents"`
	}
	if err := json.Unmarshal(lines[0], &head); err != nil {
		t.Fatal(err)
	}
	cases := vectorCases{documents: head.Documents}
	for _, line := range lines[1:] {
		if len(line) == 0 {
			continue
		}
		var one vectorCase
		if err := json.Unmarshal(line, &one); err != nil {
			t.Fatal(err)
		}
		cases.list = append(cases.list, one)
	}
	return cases
}

// answerOf is what a log has for an answer: itself, or the error answer.
func answerOf(t testing.TB, answer string, err error) string {
	t.Helper()
	var refused *wuzhang.Error
	switch {
	case err == nil:
		return answer
	case errors.As(err, &refused) && refused.Answer != "":
		return refused.Answer
	}
	t.Fatal(err)
	return ""
}

func (c *vectorCase) run(t *testing.T, log *strings.Builder, documents map[string]string, seen func(*vectorStep, string)) {
	t.Helper()
	var step vectorStep
	put := func(answer string, err error) {
		answer = answerOf(t, answer, err)
		log.WriteString(answer + "\n")
		seen(&step, answer)
	}
	policy, err := wuzhang.NewPolicy(documents[c.Policy])
	if err != nil {
		put("", err)
		return
	}
	defer policy.Close()
	book, _, err := wuzhang.OpenBook(policy, documents[c.Roster], nil)
	if err != nil {
		put("", err)
		return
	}
	defer func() { book.Close() }()
	engine, err := wuzhang.NewEngine(policy, documents[c.Roster])
	if err != nil {
		put("", err)
		return
	}
	defer engine.Close()
	for _, step = range c.Steps {
		switch step.To {
		case "apply":
			outcome, err := book.Apply(step.Text)
			put(outcome.JSON, err)
		case "book":
			put(book.Call(step.Text))
		case "library":
			put(wuzhang.Call(step.Text))
		case "engine":
			put(engine.Call(step.Text))
		case "lines":
			outcomes, err := book.ApplyLines([]byte(step.Text))
			log.Write(outcomes)
			if err != nil {
				put("", err)
			}
		case "journal":
			from := must(strconv.ParseUint(step.Text, 10, 64))(t)
			log.Write(must(book.Journal(from))(t))
		case "restore":
			restored := must(wuzhang.RestoreBook(must(book.Snapshot())(t)))(t)
			book.Close()
			book = restored
			put(book.Call(`{"op":"status"}`))
		case "reopen":
			journal := append(must(book.Journal(1))(t), step.Text...)
			opened, dropped, err := wuzhang.OpenBook(policy, documents[c.Roster], journal)
			if err == nil {
				book.Close()
				book = opened
			}
			put(strconv.FormatUint(dropped, 10), err)
		case "visits":
			columns := step.columns()
			put(engine.VisitDuties(&columns, step.Text))
		default:
			t.Fatalf("%s: a step to %q", c.Name, step.To)
		}
	}
}

func (s *vectorStep) columns() wuzhang.Visits {
	v := s.Visits
	columns := wuzhang.Visits{Cadres: v.Cadres, Targets: v.Targets, Cadre: v.Cadre, Target: v.Target,
		On: v.On, Entered: v.Entered, Visit: v.Visit}
	if v.Remote != nil {
		columns.Remote = make([]bool, len(v.Remote))
		for row, remote := range v.Remote {
			columns.Remote[row] = remote != 0
		}
	}
	return columns
}
