package wuzhang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class BookTest {
    private static final String NEED = "{\"id\":\"n1\",\"at\":\"2014-03-03T17:45:00+08:00\",\"actor\":\"k1\",\"do\":\"note_need\","
            + "\"case\":\"a1\",\"household\":\"h1\",\"channel\":\"visit\",\"category\":\"livelihood\",\"topic\":\"路灯\",\"text\":\"路灯不亮\"}";

    @Test
    void anAcceptedCommandAndItsDuty() {
        try (Book book = Samples.book()) {
            Outcome outcome = book.apply(Samples.visit(1));
            assertTrue(outcome.accepted());
            assertEquals(Collections.emptyList(), outcome.findings());
            assertArrayEquals(Samples.utf8(outcome.json()), outcome.utf8());
            String duties = book.call(Request.of("duties").with("from", "2014-03-03").with("to", "2014-03-09")
                    .with("rule", "visit.village").with("subject", "k1"));
            assertTrue(duties.contains("\"evidence\":[\"v1\"]") && duties.contains("\"state\":\"met\""), duties);
        }
    }

    @Test
    void aRefusedCommandTellsWhy() {
        try (Book book = Samples.book()) {
            Outcome outcome = book.apply(Samples.refused(1));
            assertFalse(outcome.accepted());
            Finding finding = outcome.findings().get(0);
            assertEquals(Code.HOUSEHOLD_UNKNOWN, finding.known());
            assertEquals("household.unknown", finding.code());
            assertEquals("error", finding.severity());
            assertEquals("/target", finding.path());
            assertNull(finding.rule());
            assertTrue(finding.source().isEmpty());
            assertTrue(finding.zh().contains("h9") && finding.en().contains("h9"), finding.toString());
            assertTrue(finding.params().containsValue("h9"), finding.params().toString());
            assertEquals(0, book.journal(1).length);
        }
    }

    @Test
    void aFindingOfARuleHasItsSource() {
        try (Book book = Samples.book()) {
            assertTrue(book.apply(NEED).accepted());
            Outcome outcome = book.apply("{\"id\":\"n2\",\"at\":\"2014-03-03T17:50:00+08:00\",\"actor\":\"k1\","
                    + "\"do\":\"register_card\",\"case\":\"a1\",\"card\":{\"name\":\"张大山\"}}");
            assertFalse(outcome.accepted());
            Finding finding = outcome.findings().get(0);
            assertEquals(Code.REGISTER_CARD, finding.known());
            assertEquals("register.card", finding.rule());
            assertEquals("must", finding.modality());
            assertEquals("text", finding.source().get("kind"));
        }
    }

    @Test
    void whatIsNoCommandIsAnException() {
        try (Book book = Samples.book()) {
            InvalidException error = assertThrows(InvalidException.class, () -> book.apply("{\"id\":"));
            assertEquals(Status.INVALID, error.status());
            assertTrue(error.json().startsWith("{\"error\":{\"findings\":["));
            assertEquals(1, error.findings().size());
            assertTrue(error.getMessage().startsWith(error.findings().get(0).code()), error.getMessage());
            InvalidException near = assertThrows(InvalidException.class, () -> book.call("{\"op\":\"dutys\"}"));
            assertEquals("duties", near.findings().get(0).params().get("nearest"));
        }
    }

    @Test
    void aBlockGivesTheSameAsItsLines() {
        try (Book one = Samples.book(); Book other = Samples.book()) {
            StringBuilder outcomes = new StringBuilder();
            for (int number = 0; number < 50; number++) {
                outcomes.append(one.apply(Samples.visit(number)).json()).append('\n');
            }
            Block block = other.applyLines(Samples.visits(0, 50));
            assertEquals(outcomes.toString(), block.outcomes());
            assertNull(block.stopped());
            assertEquals(Collections.emptyList(), block.findings());
            assertArrayEquals(one.journal(1), other.journal(1));
        }
    }

    @Test
    void aBlockThatStopsKeepsWhatWasApplied() {
        try (Book book = Samples.book()) {
            Block block = book.applyLines(Samples.visits(0, 3) + "no command\n" + Samples.visits(3, 6));
            assertEquals(3, block.outcomes().split("\n").length);
            assertEquals(Code.INPUT_INVALID, block.findings().get(0).known());
            assertTrue(block.stopped().contains("\"line\":4"), block.stopped());
            assertTrue(book.apply(Samples.visit(3)).accepted());
        }
    }

    @Test
    void theJournalIsTheBook() {
        try (Book book = Samples.book(); Policy policy = Policy.of(Samples.POLICY)) {
            book.applyLines(Samples.visits(0, 20));
            byte[] journal = book.journal(1);
            byte[] tail = book.journal(11);
            assertArrayEquals(tail, Arrays.copyOfRange(journal, journal.length - tail.length, journal.length));
            try (Book again = Book.open(policy, Samples.ROSTER, journal)) {
                assertEquals(0, again.dropped());
                assertArrayEquals(journal, again.journal(1));
                assertEquals(book.status(), again.status());
            }
            byte[] torn = Arrays.copyOf(journal, journal.length - 30);
            try (Book again = Book.open(policy, Samples.ROSTER, torn)) {
                byte[] kept = again.journal(1);
                assertTrue(again.dropped() > 0);
                assertEquals(torn.length - again.dropped(), kept.length);
            }
            byte[] forged = journal.clone();
            forged[journal.length / 2] ^= 1;
            assertThrows(InvalidException.class, () -> Book.open(policy, Samples.ROSTER, forged));
        }
    }

    @Test
    void aSnapshotRestoresTheBook() {
        try (Book book = Samples.book()) {
            book.applyLines(Samples.visits(0, 20));
            byte[] snapshot = book.snapshot();
            try (Book again = Book.restore(snapshot)) {
                assertArrayEquals(book.journal(1), again.journal(1));
                assertArrayEquals(snapshot, again.snapshot());
                assertEquals(book.apply(Samples.visit(99)).json(), again.apply(Samples.visit(99)).json());
            }
            snapshot[snapshot.length / 2] ^= 1;
            InvalidException error = assertThrows(InvalidException.class, () -> Book.restore(snapshot));
            assertEquals(Code.SNAPSHOT_INVALID, error.findings().get(0).known());
        }
    }

    /** The conveniences only make requests: each gives what the written request gives. */
    @Test
    void conveniencesMakeRequests() {
        try (Book book = Samples.book()) {
            book.apply(Samples.visit(1));
            book.apply(NEED);
            String range = "\"from\":\"2014-03-01\",\"to\":\"2014-03-31\"}";
            String[][] pairs = {
                {book.duties("2014-03-01", "2014-03-31"), "{\"op\":\"duties\"," + range},
                {book.ledger("510129101201"), "{\"op\":\"ledger\",\"unit\":\"510129101201\"}"},
                {book.caseView("a1"), "{\"op\":\"case\",\"case\":\"a1\"}"},
                {book.actions("a1", "k1", "2014-03-04T09:00:00+08:00"),
                    "{\"op\":\"actions\",\"case\":\"a1\",\"actor\":\"k1\",\"at\":\"2014-03-04T09:00:00+08:00\"}"},
                {book.agenda("k1"), "{\"op\":\"agenda\",\"person\":\"k1\",\"viewer\":\"k1\"}"},
                {book.publication("510129101201", "2014-03"),
                    "{\"op\":\"publication\",\"unit\":\"510129101201\",\"period\":\"2014-03\"}"},
                {book.rates("2014-03-01", "2014-03-31"), "{\"op\":\"rates\"," + range},
                {book.advice("2014-03-01", "2014-03-31"), "{\"op\":\"advice\"," + range},
                {book.judge(Samples.visit(2)), "{\"op\":\"judge\",\"command\":" + Samples.visit(2) + "}"},
                {book.policy(), "{\"op\":\"policy\"}"},
                {book.roster(), "{\"op\":\"roster\"}"},
                {book.status(), "{\"op\":\"status\"}"},
            };
            for (String[] pair : pairs) {
                assertEquals(book.call(pair[1]), pair[0]);
                assertTrue(pair[0].startsWith("{\"ok\":"), pair[0]);
            }
            String wrong = assertThrows(InvalidException.class, () -> book.myCase("0000000000", "1234")).json();
            assertEquals(wrong, assertThrows(InvalidException.class, () -> book.call(
                    "{\"op\":\"my_case\",\"query_code\":\"0000000000\",\"secret\":\"1234\"}")).json());
        }
    }

    @Test
    void requestsAreWrittenAsJson() {
        assertEquals("{\"op\":\"journal\",\"from\":7}", Request.of("journal").with("from", 7).with("to", null).toString());
        assertEquals("{\"op\":\"x\",\"q\":\"\\\"\\n水\",\"command\":{\"id\":\"c1\"}}",
                Request.of("x").with("q", "\"\n水").withJson("command", "{\"id\":\"c1\"}").withJson("case", null).toString());
    }
}
