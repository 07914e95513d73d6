package wuzhang;

import java.util.HashMap;
import java.util.Map;

/** The stable codes of findings. A code keeps its meaning and its number for ever. Generated: see {@code CodeTest}. */
public enum Code {
    /** {@code command.invalid}. */
    COMMAND_INVALID("command.invalid", 100),
    /** {@code command.id_reused}. */
    COMMAND_ID_REUSED("command.id_reused", 101),
    /** {@code command.clock_backwards}. */
    COMMAND_CLOCK_BACKWARDS("command.clock_backwards", 102),
    /** {@code command.on_after_at}. */
    COMMAND_ON_AFTER_AT("command.on_after_at", 103),
    /** {@code command.needs_book}. */
    COMMAND_NEEDS_BOOK("command.needs_book", 104),
    /** {@code command.unknown}. */
    COMMAND_UNKNOWN("command.unknown", 105),
    /** {@code case.state}. */
    CASE_STATE("case.state", 110),
    /** {@code actor.unknown}. */
    ACTOR_UNKNOWN("actor.unknown", 120),
    /** {@code unit.unknown}. */
    UNIT_UNKNOWN("unit.unknown", 121),
    /** {@code cadre.unknown}. */
    CADRE_UNKNOWN("cadre.unknown", 122),
    /** {@code household.unknown}. */
    HOUSEHOLD_UNKNOWN("household.unknown", 123),
    /** {@code visit.unknown}. */
    VISIT_UNKNOWN("visit.unknown", 124),
    /** {@code case.unknown}. */
    CASE_UNKNOWN("case.unknown", 125),
    /** {@code meeting.unknown}. */
    MEETING_UNKNOWN("meeting.unknown", 126),
    /** {@code posting.unknown}. */
    POSTING_UNKNOWN("posting.unknown", 127),
    /** {@code objection.unknown}. */
    OBJECTION_UNKNOWN("objection.unknown", 128),
    /** {@code unit.id_reused}. */
    UNIT_ID_REUSED("unit.id_reused", 131),
    /** {@code cadre.id_reused}. */
    CADRE_ID_REUSED("cadre.id_reused", 132),
    /** {@code household.id_reused}. */
    HOUSEHOLD_ID_REUSED("household.id_reused", 133),
    /** {@code visit.id_reused}. */
    VISIT_ID_REUSED("visit.id_reused", 134),
    /** {@code case.id_reused}. */
    CASE_ID_REUSED("case.id_reused", 135),
    /** {@code meeting.id_reused}. */
    MEETING_ID_REUSED("meeting.id_reused", 136),
    /** {@code posting.id_reused}. */
    POSTING_ID_REUSED("posting.id_reused", 137),
    /** {@code objection.id_reused}. */
    OBJECTION_ID_REUSED("objection.id_reused", 138),
    /** {@code liaison.county_leader}. */
    LIAISON_COUNTY_LEADER("liaison.county_leader", 200),
    /** {@code liaison.department}. */
    LIAISON_DEPARTMENT("liaison.department", 201),
    /** {@code liaison.town}. */
    LIAISON_TOWN("liaison.town", 202),
    /** {@code liaison.village}. */
    LIAISON_VILLAGE("liaison.village", 203),
    /** {@code liaison.group}. */
    LIAISON_GROUP("liaison.group", 204),
    /** {@code visit.late_entry}. */
    VISIT_LATE_ENTRY("visit.late_entry", 210),
    /** {@code contact_card}. */
    CONTACT_CARD("contact_card", 211),
    /** {@code register.card}. */
    REGISTER_CARD("register.card", 212),
    /** {@code station}. */
    STATION("station", 213),
    /** {@code channel}. */
    CHANNEL("channel", 214),
    /** {@code consolidate.county_leader}. */
    CONSOLIDATE_COUNTY_LEADER("consolidate.county_leader", 215),
    /** {@code consolidate.department}. */
    CONSOLIDATE_DEPARTMENT("consolidate.department", 216),
    /** {@code consolidate.grassroots}. */
    CONSOLIDATE_GRASSROOTS("consolidate.grassroots", 217),
    /** {@code ledger.tier}. */
    LEDGER_TIER("ledger.tier", 218),
    /** {@code meeting.chair}. */
    MEETING_CHAIR("meeting.chair", 300),
    /** {@code meeting.members}. */
    MEETING_MEMBERS("meeting.members", 301),
    /** {@code meeting.notify}. */
    MEETING_NOTIFY("meeting.notify", 302),
    /** {@code meeting.item_by_item}. */
    MEETING_ITEM_BY_ITEM("meeting.item_by_item", 303),
    /** {@code meeting.late_entry}. */
    MEETING_LATE_ENTRY("meeting.late_entry", 304),
    /** {@code plan.complete}. */
    PLAN_COMPLETE("plan.complete", 305),
    /** {@code plan.cap}. */
    PLAN_CAP("plan.cap", 306),
    /** {@code escalate.route}. */
    ESCALATE_ROUTE("escalate.route", 307),
    /** {@code escalate.return}. */
    ESCALATE_RETURN("escalate.return", 308),
    /** {@code settle.clock}. */
    SETTLE_CLOCK("settle.clock", 400),
    /** {@code settle.extension}. */
    SETTLE_EXTENSION("settle.extension", 401),
    /** {@code settle.suspend}. */
    SETTLE_SUSPEND("settle.suspend", 402),
    /** {@code settle.evidence}. */
    SETTLE_EVIDENCE("settle.evidence", 403),
    /** {@code settle.review}. */
    SETTLE_REVIEW("settle.review", 404),
    /** {@code publish.stages}. */
    PUBLISH_STAGES("publish.stages", 500),
    /** {@code publish.digest}. */
    PUBLISH_DIGEST("publish.digest", 501),
    /** {@code publish.masked}. */
    PUBLISH_MASKED("publish.masked", 502),
    /** {@code publish.two_person}. */
    PUBLISH_TWO_PERSON("publish.two_person", 503),
    /** {@code publish.objection}. */
    PUBLISH_OBJECTION("publish.objection", 504),
    /** {@code close.satisfied}. */
    CLOSE_SATISFIED("close.satisfied", 600),
    /** {@code close.asker}. */
    CLOSE_ASKER("close.asker", 601),
    /** {@code close.questions}. */
    CLOSE_QUESTIONS("close.questions", 602),
    /** {@code close.attempts}. */
    CLOSE_ATTEMPTS("close.attempts", 603),
    /** {@code close.redo}. */
    CLOSE_REDO("close.redo", 604),
    /** {@code close.repeat}. */
    CLOSE_REPEAT("close.repeat", 605),
    /** {@code close.public}. */
    CLOSE_PUBLIC("close.public", 606),
    /** {@code authority}. */
    AUTHORITY("authority", 700),
    /** {@code advice.diary}. */
    ADVICE_DIARY("advice.diary", 800),
    /** {@code advice.pace}. */
    ADVICE_PACE("advice.pace", 801),
    /** {@code advice.last_day}. */
    ADVICE_LAST_DAY("advice.last_day", 802),
    /** {@code advice.telephone}. */
    ADVICE_TELEPHONE("advice.telephone", 803),
    /** {@code advice.all_satisfied}. */
    ADVICE_ALL_SATISFIED("advice.all_satisfied", 804),
    /** {@code input.invalid}. */
    INPUT_INVALID("input.invalid", 900),
    /** {@code policy.invalid}. */
    POLICY_INVALID("policy.invalid", 901),
    /** {@code policy.unknown_rule}. */
    POLICY_UNKNOWN_RULE("policy.unknown_rule", 902),
    /** {@code policy.extends}. */
    POLICY_EXTENDS("policy.extends", 903),
    /** {@code policy.standing}. */
    POLICY_STANDING("policy.standing", 904),
    /** {@code policy.text}. */
    POLICY_TEXT("policy.text", 905),
    /** {@code policy.off}. */
    POLICY_OFF("policy.off", 906),
    /** {@code policy.contradiction}. */
    POLICY_CONTRADICTION("policy.contradiction", 907),
    /** {@code policy.start}. */
    POLICY_START("policy.start", 908),
    /** {@code roster.invalid}. */
    ROSTER_INVALID("roster.invalid", 920),
    /** {@code roster.loop}. */
    ROSTER_LOOP("roster.loop", 921),
    /** {@code roster.orphan}. */
    ROSTER_ORPHAN("roster.orphan", 922),
    /** {@code roster.parent_kind}. */
    ROSTER_PARENT_KIND("roster.parent_kind", 923),
    /** {@code roster.overlap}. */
    ROSTER_OVERLAP("roster.overlap", 924),
    /** {@code roster.unknown}. */
    ROSTER_UNKNOWN("roster.unknown", 925),
    /** {@code roster.validity}. */
    ROSTER_VALIDITY("roster.validity", 926),
    /** {@code roster.root}. */
    ROSTER_ROOT("roster.root", 927),
    /** {@code roster.post}. */
    ROSTER_POST("roster.post", 928),
    /** {@code roster.role}. */
    ROSTER_ROLE("roster.role", 929),
    /** {@code scenario.invalid}. */
    SCENARIO_INVALID("scenario.invalid", 935),
    /** {@code scenario.file}. */
    SCENARIO_FILE("scenario.file", 936),
    /** {@code scenario.differs}. */
    SCENARIO_DIFFERS("scenario.differs", 937),
    /** {@code scenario.untested}. */
    SCENARIO_UNTESTED("scenario.untested", 938),
    /** {@code scenario.unnoticed}. */
    SCENARIO_UNNOTICED("scenario.unnoticed", 939),
    /** {@code journal.hash}. */
    JOURNAL_HASH("journal.hash", 940),
    /** {@code journal.prev}. */
    JOURNAL_PREV("journal.prev", 941),
    /** {@code journal.seq}. */
    JOURNAL_SEQ("journal.seq", 942),
    /** {@code journal.line}. */
    JOURNAL_LINE("journal.line", 943),
    /** {@code journal.head}. */
    JOURNAL_HEAD("journal.head", 944),
    /** {@code journal.count}. */
    JOURNAL_COUNT("journal.count", 945),
    /** {@code journal.differs}. */
    JOURNAL_DIFFERS("journal.differs", 946),
    /** {@code snapshot.invalid}. */
    SNAPSHOT_INVALID("snapshot.invalid", 950),
    /** {@code request.invalid}. */
    REQUEST_INVALID("request.invalid", 960);

    private static final Map<String, Code> BY_WORD = new HashMap<>();

    static {
        for (Code code : values()) {
            BY_WORD.put(code.word, code);
        }
    }

    private final String word;
    private final int number;

    Code(String word, int number) {
        this.word = word;
        this.number = number;
    }

    /**
     * The code as the library writes it.
     *
     * @return such as {@code plan.cap}
     */
    public String word() {
        return word;
    }

    /**
     * Its number in the C header.
     *
     * @return the number of {@code WZ_CODE_…}
     */
    public int number() {
        return number;
    }

    /**
     * The code of a word.
     *
     * @param word such as {@code plan.cap}
     * @return the code; {@code null} for one that this jar does not know
     */
    public static Code of(String word) {
        return BY_WORD.get(word);
    }
}
