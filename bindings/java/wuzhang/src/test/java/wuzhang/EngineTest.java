package wuzhang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final String WEEK = ",\"from\":\"2014-03-03\",\"to\":\"2014-03-09\",\"rule\":\"visit.village\",\"subject\":\"k1\"}";
    private static final String AS_OF = "{\"op\":\"visit_duties\",\"as_of\":\"2014-03-31\"" + WEEK;
    /** 2014-03-03T16:10:00+08:00. */
    private static final long ON = 1393834200;

    private static VisitColumns row(long on) {
        return new VisitColumns(Collections.singletonList("k1"), Collections.singletonList("h1"),
                new int[] {0}, new int[] {0}, new long[] {on});
    }

    @Test
    void aCaseComesOutChanged() {
        try (Engine engine = Samples.engine()) {
            String command = "{\"id\":\"c1\",\"at\":\"2014-03-03T09:00:00+08:00\",\"actor\":\"k1\",\"do\":\"note_need\",\"case\":\"a1\","
                    + "\"household\":\"h1\",\"channel\":\"visit\",\"category\":\"livelihood\",\"topic\":\"路灯\",\"text\":\"路灯不亮\"}";
            String answer = engine.call("{\"op\":\"apply\",\"case\":null,\"command\":" + command + "}");
            assertTrue(answer.startsWith("{\"ok\":{\"case\":{"), answer);
            String changed = answer.substring("{\"ok\":{\"case\":".length(), answer.indexOf(",\"not_judged\""));
            assertTrue(answer.contains("\"status\":\"accepted\""), answer);
            assertTrue(changed.contains("\"a1\""), changed);
        }
    }

    /** The columns give what the same visits give as commands of a book. */
    @Test
    void columnsGiveWhatCommandsGive() {
        try (Engine engine = Samples.engine(); Book book = Samples.book()) {
            book.apply(Samples.visit(0));
            String byCommands = book.call("{\"op\":\"duties\",\"as_of\":\"2014-03-31\"" + WEEK);
            assertEquals(byCommands.replace("\"v0\"", "\"0\""), engine.visitDuties(row(ON), AS_OF));
            assertEquals(engine.visitDuties(row(ON), AS_OF), engine.visitDuties(row(ON), Request.of("visit_duties")
                    .with("as_of", "2014-03-31").with("from", "2014-03-03").with("to", "2014-03-09")
                    .with("rule", "visit.village").with("subject", "k1")));
        }
    }

    @Test
    void everyColumnCounts() {
        try (Engine engine = Samples.engine()) {
            assertTrue(engine.visitDuties(row(ON).visit(new long[] {77}), AS_OF).contains("\"evidence\":[\"77\"]"));
            assertTrue(engine.visitDuties(row(ON).remote(new byte[] {1}), AS_OF).contains("\"count\":0"));
            assertTrue(engine.visitDuties(row(ON).remote(new byte[] {0}), AS_OF).contains("\"count\":1"));
            String late = engine.visitDuties(row(ON).entered(new long[] {ON + 20 * 86400}), AS_OF);
            assertTrue(late.contains("\"count\":0") && late.contains("\"late_entries\":1"), late);
            String all = engine.visitDuties(
                    row(ON).entered(new long[] {ON + 60}).remote(new byte[] {0}).visit(new long[] {5}), AS_OF);
            assertTrue(all.contains("\"evidence\":[\"5\"]"), all);
            // Three rows: lengths at which the columns do not end at a multiple of eight.
            List<String> cadres = Arrays.asList("k2", "k1");
            VisitColumns three = new VisitColumns(cadres, Collections.singletonList("h1"),
                    new int[] {0, 1, 1}, new int[] {0, 0, 0}, new long[] {ON, ON, ON + 86400})
                    .remote(new byte[] {0, 1, 0}).visit(new long[] {8, 8, 9});
            assertTrue(engine.visitDuties(three, AS_OF).contains("\"evidence\":[\"9\"]"));
            VisitColumns none = new VisitColumns(Collections.<String>emptyList(), Collections.<String>emptyList(),
                    new int[0], new int[0], new long[0]);
            assertTrue(engine.visitDuties(none, AS_OF).contains("\"count\":0"));
        }
    }

    @Test
    void columnsThatDoNotFit() {
        assertThrows(IllegalArgumentException.class, () -> row(ON).remote(new byte[2]));
        assertThrows(IllegalArgumentException.class, () -> row(ON).entered(new long[0]));
        assertThrows(IllegalArgumentException.class, () -> row(ON).visit(new long[3]));
        List<String> one = Collections.singletonList("k1");
        assertThrows(IllegalArgumentException.class,
                () -> new VisitColumns(one, one, new int[1], new int[2], new long[1]));
        assertThrows(IllegalArgumentException.class,
                () -> new VisitColumns(Collections.singletonList("k1\nk2"), one, new int[1], new int[1], new long[1]));
        try (Engine engine = Samples.engine()) {
            VisitColumns beyond = new VisitColumns(one, Collections.singletonList("h1"),
                    new int[] {7}, new int[] {0}, new long[] {ON});
            assertThrows(InvalidException.class, () -> engine.visitDuties(beyond, AS_OF));
            assertThrows(InvalidException.class, () -> engine.visitDuties(row(ON), "{}"));
        }
    }
}
