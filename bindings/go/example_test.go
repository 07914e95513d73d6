package wuzhang_test

import (
	"errors"
	"fmt"
	"log"

	"wuzhang"
)

// A county with one cadre and one household, and those whom the examples need beside them.
const roster = `{"units":[
  {"id":"510129","kind":"county","name":"大邑县"},
  {"id":"510129101","kind":"town","name":"王泗镇","parent":"510129"},
  {"id":"510129101201","kind":"village","name":"示例村","parent":"510129101"},
  {"id":"510129101201-03","kind":"group","name":"3组","parent":"510129101201"}],
 "cadres":[
  {"id":"k1","name":"李某","level":"village","unit":"510129101201","posts":["branch_secretary"],"from":"2013-11-01","until":null},
  {"id":"k2","name":"王某","level":"village","unit":"510129101201","posts":["committee_member","station_duty"],"from":"2013-11-01","until":null}],
 "households":[{"id":"h1","unit":"510129101201-03","name":"张大山","from":"2013-11-01","until":null}],
 "liaisons":[{"subject":"k1","target":"h1","from":"2013-11-01","until":null}],
 "leave":[]}`

func ExampleBook() {
	policy, err := wuzhang.NewPolicy("dayi-2014")
	if err != nil {
		log.Fatal(err)
	}
	defer policy.Close()
	book, _, err := wuzhang.OpenBook(policy, roster, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer book.Close()
	outcome, err := book.Apply(`{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"record_visit","visit":"v1","cadres":["k1"],"target":"h1","on":"2014-03-03T08:30:00+08:00"}`)
	if err != nil {
		log.Fatal(err)
	}
	duties, err := book.Duties(wuzhang.DutiesQuery{From: "2014-03-03", To: "2014-03-09", Rule: "visit.village", Subject: "k1"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Accepted, duties[0].Period, duties[0].State, duties[0].Evidence)
	// Output: true 2014-W10 met [v1]
}

// What the rules refuse is an outcome, with every reason.
func ExampleOutcome_Findings() {
	policy, err := wuzhang.NewPolicy("dayi-2014")
	if err != nil {
		log.Fatal(err)
	}
	defer policy.Close()
	book, _, err := wuzhang.OpenBook(policy, roster, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer book.Close()
	outcome, err := book.Apply(`{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k9","do":"give_contact_card","household":"h9","cadre":"k1","phone":"1"}`)
	if err != nil {
		log.Fatal(err)
	}
	for _, finding := range outcome.Findings() {
		fmt.Println(finding.Code, finding.Code.Number(), finding.Path)
	}
	// Output:
	// actor.unknown 120 /actor
	// household.unknown 123 /household
	// authority 700 /actor
}

// What is no command, request or document is an error, with findings that say where.
func ExampleError() {
	_, err := wuzhang.Call(`{"op":"explian"}`)
	var failed *wuzhang.Error
	if errors.As(err, &failed) {
		fmt.Println(errors.Is(err, wuzhang.ErrInvalid), failed.Findings[0].Code, failed.Findings[0].Params["nearest"])
	}
	// Output: true request.invalid explain
}

// A program whose cases stand in its own tables hands each in with a command and keeps what comes out.
func ExampleEngine() {
	policy, err := wuzhang.NewPolicy("dayi-2014")
	if err != nil {
		log.Fatal(err)
	}
	defer policy.Close()
	engine, err := wuzhang.NewEngine(policy, roster)
	if err != nil {
		log.Fatal(err)
	}
	defer engine.Close()
	applied, err := engine.Apply(nil, `{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"note_need","case":"a1","household":"h1","channel":"visit","category":"livelihood","topic":"巷道积水","text":"雨天巷道积水"}`)
	if err != nil {
		log.Fatal(err)
	}
	duties, err := engine.DutiesOf(applied.Case, "2014-03-03T09:00:00+08:00")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(duties[0].Rule, duties[0].Due)
	// Output: register.within 2014-03-05
}

// Visits that stand in columns are counted without a command being written.
func ExampleEngine_VisitDuties() {
	policy, err := wuzhang.NewPolicy("dayi-2014")
	if err != nil {
		log.Fatal(err)
	}
	defer policy.Close()
	engine, err := wuzhang.NewEngine(policy, roster)
	if err != nil {
		log.Fatal(err)
	}
	defer engine.Close()
	answer, err := engine.VisitDuties(&wuzhang.Visits{
		Cadres: []string{"k1", "k2"}, Targets: []string{"h1"},
		Cadre: []uint32{0}, Target: []uint32{0}, On: []int64{1393806600},
	}, `{"op":"visit_duties","from":"2014-03-03","to":"2014-03-09","as_of":"2014-03-09","rule":"visit.village"}`)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer)
	// Output: {"ok":[{"count":1,"due":"2014-03-09","evidence":["0"],"late_entries":0,"object":null,"period":"2014-W10","required":1,"rule":"visit.village","state":"met","subject":"k1"}]}
}

// The journal is the book: append what is new to a file, sync it, and open the book from it.
func ExampleOpenBook() {
	policy, err := wuzhang.NewPolicy("dayi-2014")
	if err != nil {
		log.Fatal(err)
	}
	defer policy.Close()
	book, _, err := wuzhang.OpenBook(policy, roster, nil)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := book.Apply(`{"id":"c1","at":"2014-03-03T09:00:00+08:00","actor":"k1","do":"give_contact_card","household":"h1","cadre":"k1","phone":"13800000000"}`); err != nil {
		log.Fatal(err)
	}
	journal, err := book.Journal(1)
	if err != nil {
		log.Fatal(err)
	}
	book.Close()

	torn := append(journal, `{"seq":3,`...) // the machine stopped while it wrote
	book, dropped, err := wuzhang.OpenBook(policy, roster, torn)
	if err != nil {
		log.Fatal(err)
	}
	defer book.Close()
	status, err := book.Status()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(status.Events, dropped)
	// Output: 2 9
}
