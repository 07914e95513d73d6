package wuzhang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A defect inside the library, forced. Runs with the build that knows how, named by {@code wuzhang.library}. */
@Tag("panic")
class PanicTest {
    private static final String PANIC = "{\"op\":\"panic\"}";

    @Test
    void theHostLivesAndOtherHandlesWork() {
        try (Policy policy = Policy.of(Samples.POLICY); Engine engine = Samples.engine();
                Book book = Samples.book(); Book other = Samples.book()) {
            assertTrue(book.apply(Samples.visit(1)).accepted());
            byte[] journal = book.journal(1);

            assertEquals(Status.PANIC, assertThrows(PanicException.class, () -> Wuzhang.call(PANIC)).status());
            assertThrows(PanicException.class, () -> engine.call(PANIC));
            assertThrows(PanicException.class, () -> book.call(PANIC));
            // A reader that failed has changed nothing.
            assertArrayEquals(journal, book.journal(1));
            assertTrue(book.apply(Samples.visit(2)).accepted());
            journal = book.journal(1);

            assertThrows(PanicException.class, () -> book.apply(PANIC));
            assertEquals(Status.POISONED, assertThrows(PoisonedException.class, () -> book.apply(Samples.visit(3))).status());
            assertThrows(PoisonedException.class, () -> book.applyLines(Samples.visit(3)));
            assertThrows(PoisonedException.class, book::status);
            assertThrows(PoisonedException.class, () -> book.journal(1));
            assertThrows(PoisonedException.class, book::snapshot);

            assertTrue(other.apply(Samples.visit(1)).accepted());
            assertTrue(Wuzhang.call("{\"op\":\"version\"}").startsWith("{\"ok\":"));
            assertThrows(InvalidException.class, () -> engine.call("{}"));
            try (Book again = Book.open(policy, Samples.ROSTER, journal)) {
                assertArrayEquals(journal, again.journal(1));
                assertTrue(again.apply(Samples.visit(3)).accepted());
            }
            book.close();
            assertThrows(ClosedException.class, book::status);
        }
    }
}
