package wuzhang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.Native;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/**
 * 100,000 calls without growth of memory. In a JVM of its own, whose heap is full from the start, so that what the process
 * holds more at the end is not Java's.
 */
class MemoryTest {
    private static final int CALLS = 100_000;
    /** Of what takes longer. A lost book or policy would be thousands of pieces. */
    private static final int VIEWS = 5_000, HANDLES = 200;
    /** Ten bytes a call; the smallest piece that malloc gives out is 32. */
    private static final long BYTES = 10;
    /** What the machine itself may move. */
    private static final long NOISE = 64 << 10;

    public static final class Host {
        private Host() {}

        private interface Call {
            void one(int number);
        }

        private static long resident() {
            String[] pages = Samples.read(Paths.get("/proc/self/statm")).split(" ");
            return Long.parseLong(pages[1]) * 4096;
        }

        /** Prints how much more the process holds after so many calls, once it has warmed up with half as many. */
        private static void growth(String what, int calls, Call... kinds) {
            int number = 0;
            while (number < calls / 2) {
                kinds[number % kinds.length].one(number++);
            }
            System.gc();
            long before = resident();
            for (int end = number + calls; number < end; number++) {
                kinds[number % kinds.length].one(number);
            }
            System.gc();
            System.out.println(what + " " + calls + " " + (resident() - before));
        }

        private static void invalid(Runnable call) {
            try {
                call.run();
            } catch (InvalidException expected) {
                return;
            }
            throw new AssertionError("should have been refused");
        }

        public static void main(String[] arguments) {
            String note = "{\"op\":\"apply\",\"case\":null,\"command\":{\"id\":\"c1\",\"at\":\"2014-03-03T09:00:00+08:00\","
                    + "\"actor\":\"k1\",\"do\":\"note_need\",\"case\":\"a1\",\"household\":\"h1\",\"channel\":\"visit\","
                    + "\"category\":\"livelihood\",\"topic\":\"路灯\",\"text\":\"路灯不亮\"}}";
            String duties = "{\"op\":\"visit_duties\",\"from\":\"2014-03-03\",\"to\":\"2014-03-09\",\"as_of\":\"2014-03-31\","
                    + "\"rule\":\"visit.village\"}";
            VisitColumns visits = new VisitColumns(Collections.singletonList("k1"), Collections.singletonList("h1"),
                    new int[1], new int[1], new long[] {1393834200});
            try (Book book = Samples.book(); Engine engine = Samples.engine()) {
                book.applyLines(Samples.visits(0, 3));
                byte[] snapshot = book.snapshot();
                growth("calls", CALLS,
                        number -> Wuzhang.call("{\"op\":\"version\"}"),
                        number -> invalid(() -> Wuzhang.call("{\"op\":\"none\"}")),
                        number -> book.apply(Samples.visit(1)),
                        number -> book.apply(Samples.refused(number + 10)),
                        number -> invalid(() -> book.apply("no command")),
                        number -> book.applyLines(Samples.refused(number + 10) + "\nno command\n"),
                        number -> book.status());
                growth("views", VIEWS,
                        number -> book.journal(1),
                        number -> book.snapshot(),
                        number -> engine.call(note),
                        number -> invalid(() -> engine.call("{}")),
                        number -> engine.visitDuties(visits, duties));
                growth("handles", HANDLES,
                        number -> Policy.of(Samples.POLICY).close(),
                        number -> invalid(() -> Policy.of("{}")),
                        number -> Book.restore(snapshot).close(),
                        number -> invalid(() -> Book.restore(new byte[7])));
            }
            // What the smallest leak looks like, so that the bound is known to notice one.
            growth("leak", CALLS, number -> Native.malloc(1));
        }
    }

    @Test
    void callsLeaveNothingBehind() throws Exception {
        Jvm.Result result = Jvm.run(Host.class,
                Arrays.asList("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        assertEquals(0, result.code, result.output);
        String[] lines = result.output.trim().split("\n");
        assertEquals(4, lines.length, result.output);
        for (String line : lines) {
            String[] words = line.split(" ");
            long bound = Math.max(NOISE, BYTES * Long.parseLong(words[1]));
            boolean grew = Long.parseLong(words[2]) > bound;
            assertEquals(words[0].equals("leak"), grew, result.output);
        }
        System.out.print(result.output);
    }
}
