package wuzhang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What no program should hand in: to the library's functions themselves, and to the classes above them. */
class CallsTest {
    private static final byte[] BAD = {'{', '"', (byte) 0xff, '"', '}'};

    @BeforeAll
    static void load() {
        Library.ensure();
    }

    private static void ends(Status status, int number) {
        assertEquals(status, Status.of(number));
    }

    @Test
    void nullIsAnsweredEverywhere() {
        byte[] text = Samples.utf8("{}");
        Scratch s = Scratch.borrow();
        ends(Status.NULL, Calls.wz_call(null, 2, s.out, s.error));
        ends(Status.NULL, Calls.wz_call(text, 2, 0, s.error));
        ends(Status.NULL, Calls.wz_policy_new(text, 2, 0, s.error));
        ends(Status.NULL, Calls.wz_policy_new(null, 1, s.cell, s.error));
        ends(Status.NULL, Calls.wz_policy_free(0));
        ends(Status.NULL, Calls.wz_engine_new(0, text, 2, s.cell, s.error));
        ends(Status.NULL, Calls.wz_engine_free(0));
        ends(Status.NULL, Calls.wz_engine_call(0, text, 2, s.out, s.error));
        ends(Status.NULL, Calls.wz_engine_visit_duties(0, 0, text, 2, s.out, s.error));
        ends(Status.NULL, Calls.wz_book_open(0, text, 2, null, 0, s.cell, 0, s.error));
        ends(Status.NULL, Calls.wz_book_restore(null, 1, s.cell, s.error));
        ends(Status.NULL, Calls.wz_book_free(0));
        ends(Status.NULL, Calls.wz_book_apply(0, text, 2, s.out, s.error));
        ends(Status.NULL, Calls.wz_book_apply_lines(0, text, 2, s.out, s.error));
        ends(Status.NULL, Calls.wz_book_call(0, text, 2, s.out, s.error));
        ends(Status.NULL, Calls.wz_book_journal(0, 1, s.out));
        ends(Status.NULL, Calls.wz_book_snapshot(0, s.out));
        ends(Status.OK, Calls.wz_book_free(s.holding(0)));
        Calls.wz_buffer_free(0);
        assertEquals(0, Calls.wz_code(null, 5));
        s.giveBack();
    }

    /** NULL of no length is the empty text: no JSON, and said so in a finding. */
    @Test
    void emptyTextIsNoJson() {
        Scratch s = Scratch.borrow();
        ends(Status.INVALID, Calls.wz_call(null, 0, s.out, s.error));
        assertEquals(Code.INPUT_INVALID, Finding.ofError(new String(s.errorAnswer())).get(0).known());
        s.giveBack();
        try (Book book = Samples.book(); Engine engine = Samples.engine(); Policy policy = Policy.of(Samples.POLICY)) {
            Executable[] uses = {
                () -> Wuzhang.call(""),
                () -> Policy.of(""),
                () -> new Engine(policy, ""),
                () -> Book.open(policy, ""),
                () -> Book.restore(new byte[0]),
                () -> engine.call(""),
                () -> book.apply(""),
                () -> book.call(""),
            };
            for (Executable use : uses) {
                InvalidException error = assertThrows(InvalidException.class, use);
                assertEquals(1, error.findings().size());
            }
            assertEquals("", book.applyLines("").outcomes());
            assertEquals(0, book.journal(1).length);
        }
    }

    @Test
    void impossibleLengthsAreAnswered() {
        byte[] text = Samples.utf8("{}");
        try (Book book = Samples.book()) {
            Net net = book.enter();
            Scratch s = Scratch.borrow();
            for (long length : new long[] {-1, Long.MIN_VALUE}) {
                ends(Status.LENGTH, Calls.wz_call(text, length, s.out, s.error));
                ends(Status.LENGTH, Calls.wz_policy_new(text, length, s.cell, s.error));
                ends(Status.LENGTH, Calls.wz_book_restore(text, length, s.cell, s.error));
                ends(Status.LENGTH, Calls.wz_book_apply(net.address, text, length, s.out, s.error));
                ends(Status.LENGTH, Calls.wz_book_apply_lines(net.address, text, length, s.out, s.error));
                ends(Status.LENGTH, Calls.wz_book_call(net.address, text, length, s.out, s.error));
            }
            s.giveBack();
            net.leave();
        }
    }

    @Test
    void aHandleOfAnotherKindIsRefused() {
        byte[] text = Samples.utf8("{}");
        try (Engine engine = Samples.engine(); Memory zeroes = new Memory(64)) {
            zeroes.clear();
            Net net = engine.enter();
            Scratch s = Scratch.borrow();
            ends(Status.HANDLE, Calls.wz_book_apply(net.address, text, 2, s.out, s.error));
            ends(Status.HANDLE, Calls.wz_book_call(Pointer.nativeValue(zeroes), text, 2, s.out, s.error));
            ends(Status.HANDLE, Calls.wz_book_free(s.holding(net.address)));
            s.giveBack();
            net.leave();
        }
    }

    /** A request that is not UTF-8 is refused whole; in commands the finding tells the line. */
    @Test
    void bytesThatAreNoUtf8() {
        try (Book book = Samples.book(); Engine engine = Samples.engine(); Policy policy = Policy.of(Samples.POLICY)) {
            Executable[] uses = {
                () -> Wuzhang.call(BAD),
                () -> Policy.of(BAD),
                () -> new Engine(policy, BAD),
                () -> Book.open(policy, BAD, new byte[0]),
                () -> engine.call(BAD),
                () -> book.call(BAD),
            };
            for (Executable use : uses) {
                assertEquals(Status.UTF8, assertThrows(TextException.class, use).status());
            }
            assertEquals(1, assertThrows(InvalidException.class, () -> book.apply(BAD)).findings().size());
            assertThrows(InvalidException.class, () -> Book.open(policy, Samples.utf8(Samples.ROSTER), BAD_LINE));
            byte[] lines = Arrays.copyOf(Samples.utf8(Samples.visits(0, 2)), Samples.utf8(Samples.visits(0, 2)).length + BAD_LINE.length);
            System.arraycopy(BAD_LINE, 0, lines, lines.length - BAD_LINE.length, BAD_LINE.length);
            Block block = book.applyLines(lines);
            assertEquals(2, block.outcomes().split("\n").length);
            assertEquals(Code.INPUT_INVALID, block.findings().get(0).known());
        }
    }

    private static final byte[] BAD_LINE = {'{', '"', (byte) 0xff, '"', '}', '\n'};

    /** Java's own encoder would make a question mark of half a pair, and the journal would keep it for ever. */
    @Test
    void halfASurrogatePairIsNoText() {
        List<String> halves = Arrays.asList("a\ud83d", "a\ude00", "a\ud83d\ud83d\ude00", "a\ude00\ud83d");
        try (Book book = Samples.book()) {
            for (String half : halves) {
                TextException error = assertThrows(TextException.class, () -> book.apply(half));
                assertEquals(Status.UTF8, error.status());
                assertTrue(error.getMessage().startsWith("the command has half a surrogate pair at index 1"), error.getMessage());
                assertThrows(TextException.class, () -> Wuzhang.call(half));
                assertThrows(TextException.class, () -> Policy.of(half));
                assertThrows(TextException.class, () -> Book.open(Policy.of(Samples.POLICY), half));
                assertThrows(TextException.class, () -> book.call(Request.of(half)));
            }
            Outcome whole = book.apply(Samples.visit(1).replace("巷道积水", "\ud83d\ude00"));
            assertTrue(whole.accepted() && whole.json().contains("\ud83d\ude00"));
        }
    }

    @Test
    void javaNullIsNamed() {
        try (Book book = Samples.book()) {
            for (Executable use : new Executable[] {
                () -> book.apply((String) null), () -> book.apply((byte[]) null), () -> book.applyLines((byte[]) null),
                () -> book.call((String) null), () -> Book.restore(null), () -> Policy.of((String) null),
                () -> Wuzhang.call((byte[]) null), () -> new Engine(Policy.of(Samples.POLICY), (String) null),
            }) {
                assertThrows(NullPointerException.class, use);
            }
        }
    }

    /** A command of five million characters is refused, and the host lives on. */
    @Test
    void hugeText() {
        try (Book book = Samples.book()) {
            String huge = String.join("", Collections.nCopies(5_000_000, "水"));
            assertThrows(InvalidException.class, () -> book.apply(huge));
            assertFalse(book.apply(Samples.visit(1).replace("巷道积水", huge)).accepted());
            assertThrows(InvalidException.class, () -> Wuzhang.call(huge));
            assertTrue(book.apply(Samples.visit(1)).accepted());
        }
    }
}
