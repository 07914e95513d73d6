package wuzhang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class HandleTest {
    @Test
    void closedHandlesAnswerAndDoNothing() {
        Policy policy = Policy.of(Samples.POLICY);
        Engine engine = new Engine(policy, Samples.ROSTER);
        Book book = Book.open(policy, Samples.ROSTER);
        VisitColumns none = new VisitColumns(
                Collections.<String>emptyList(), Collections.<String>emptyList(), new int[0], new int[0], new long[0]);
        for (Handle handle : new Handle[] {policy, engine, book}) {
            assertFalse(handle.isClosed());
            handle.close();
            handle.close();
            assertTrue(handle.isClosed());
        }
        Executable[] uses = {
            () -> new Engine(policy, Samples.ROSTER),
            () -> Book.open(policy, Samples.ROSTER),
            () -> engine.call("{}"),
            () -> engine.visitDuties(none, "{}"),
            () -> book.apply("{}"),
            () -> book.applyLines(""),
            () -> book.call("{}"),
            () -> book.journal(1),
            () -> book.snapshot(),
        };
        for (Executable use : uses) {
            ClosedException error = assertThrows(ClosedException.class, use);
            assertTrue(error.getMessage().endsWith(" is closed"), error.getMessage());
        }
    }

    @Test
    void anotherThreadMayClose() throws Exception {
        Book book = Samples.book();
        Thread other = new Thread(book::close);
        other.start();
        other.join();
        assertTrue(book.isClosed());
        assertThrows(ClosedException.class, book::status);
    }

    /** What is made of a policy outlives it. */
    @Test
    void aPolicyMayBeClosedAtOnce() {
        try (Book book = Samples.book(); Engine engine = Samples.engine()) {
            assertTrue(book.apply(Samples.visit(1)).accepted());
            assertThrows(InvalidException.class, () -> engine.call("{}"));
        }
    }

    /** Readers run while another thread closes: each call is answered or refused, the memory goes with the last one. */
    @Test
    void closingAtTheMomentOfUse() throws Exception {
        int before = Net.live();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 100; round++) {
                Book book = Samples.book();
                book.applyLines(Samples.visits(0, 20));
                CountDownLatch running = new CountDownLatch(3);
                List<Future<Integer>> readers = new ArrayList<>();
                for (int reader = 0; reader < 3; reader++) {
                    readers.add(threads.submit(() -> {
                        int answered = 0;
                        try {
                            while (true) {
                                assertTrue(book.duties("2014-03-03", "2014-03-31").startsWith("{\"ok\":["));
                                if (answered++ == 0) {
                                    running.countDown();
                                }
                            }
                        } catch (ClosedException end) {
                            return answered;
                        }
                    }));
                }
                assertTrue(running.await(60, TimeUnit.SECONDS));
                Future<?> closing = threads.submit(book::close);
                book.close();
                closing.get(60, TimeUnit.SECONDS);
                for (Future<Integer> reader : readers) {
                    assertTrue(reader.get(60, TimeUnit.SECONDS) > 0);
                }
            }
        } finally {
            threads.shutdown();
        }
        assertTrue(Net.live() <= before, "handles are left: " + Net.live());
    }

    /** The gate by itself: the memory is freed once, and not before the last user has left. */
    @Test
    void theLastUserFreesAfterTheClose() {
        List<Long> freed = new ArrayList<>();
        Book owner = Samples.book();
        Net net = new Net(owner, 0, cell -> {
            freed.add(cell);
            return 0;
        });
        assertTrue(net.enter());
        assertTrue(net.enter());
        net.close();
        net.close();
        assertFalse(net.enter());
        net.leave();
        assertEquals(0, freed.size());
        net.leave();
        assertEquals(1, freed.size());
        net.close();
        assertEquals(1, freed.size());
        owner.close();
    }

    /** Books that nobody closes are freed once the collector has found them. */
    @Test
    void lostHandlesAreCaught() {
        Samples.book().close();
        int before = Net.live();
        int lost = 50;
        for (int number = 0; number < lost; number++) {
            Samples.book();
        }
        for (int tries = 0; tries < 200 && Net.live() > before; tries++) {
            System.gc();
            Samples.book().close();
        }
        assertTrue(Net.live() <= before, "still alive: " + (Net.live() - before) + " of " + lost);
    }
}
