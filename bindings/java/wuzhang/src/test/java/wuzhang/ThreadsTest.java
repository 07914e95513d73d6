package wuzhang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    private static final String NOTE = "{\"op\":\"apply\",\"case\":null,\"command\":{\"id\":\"c%d\","
            + "\"at\":\"2014-03-03T09:00:00+08:00\",\"actor\":\"k1\",\"do\":\"note_need\",\"case\":\"a%d\","
            + "\"household\":\"h1\",\"channel\":\"visit\",\"category\":\"livelihood\",\"topic\":\"巷道积水\",\"text\":\"雨天巷道积水\"}}";

    /** One thread applies blocks until another one has been turned away; nothing of the blocks is lost by that. */
    @Test
    void twoThreadsOnOneBook() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Book book = Samples.book()) {
            Future<Integer> turnedAway = other.submit(() -> {
                for (int number = 1_000_000; ; number++) {
                    try {
                        // A command that the rules refuse leaves nothing, however often it comes in between.
                        assertFalse(book.apply(Samples.refused(number)).accepted());
                    } catch (BusyException busy) {
                        assertEquals(Status.BUSY, busy.status());
                        return number;
                    }
                }
            });
            int blocks = 0;
            while (!turnedAway.isDone()) {
                try {
                    book.applyLines(Samples.visits(2000 * blocks, 2000 * (blocks + 1)));
                    blocks++;
                } catch (BusyException busy) {
                    continue; // The other one was first.
                }
            }
            turnedAway.get(60, TimeUnit.SECONDS);
            long events = Json.array(Json.object(Json.read(book.call("{\"op\":\"journal\"}"))).get("ok")).size();
            assertEquals(1 + 2000L * blocks, events);
            assertTrue(book.apply(Samples.visit(5_000_000)).accepted());
        } finally {
            other.shutdown();
        }
    }

    @Test
    void eightThreadsShareAnEngine() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Engine engine = Samples.engine()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int first = thread * 1000;
                all.add(threads.submit(() -> {
                    int right = 0;
                    for (int number = first; number < first + 1000; number++) {
                        String answer = engine.call(String.format(NOTE, number, number));
                        if (answer.startsWith("{\"ok\":{") && answer.contains("\"a" + number + "\"")) {
                            right++;
                        }
                    }
                    return right;
                }));
            }
            for (Future<Integer> one : all) {
                assertEquals(1000, one.get(120, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdown();
        }
    }
}
