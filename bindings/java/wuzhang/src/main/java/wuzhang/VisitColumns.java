package wuzhang;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.List;
import java.util.Objects;

/**
 * Visits in columns, one row for each cadre of a visit. Rows of one visit stand next to each other and bear the same
 * number in {@link #visit}. The arrays are read when the duties are asked for, and not copied before.
 */
public final class VisitColumns {
    /** {@code wz_visits}: count, two texts with their lengths, six columns; each field has eight bytes. */
    private static final int FIELDS = 11;

    private final byte[] cadres;
    private final byte[] targets;
    private final int[] cadre;
    private final int[] target;
    private final long[] on;
    private long[] entered;
    private byte[] remote;
    private long[] visit;

    /**
     * Visits in person, each entered when it happened.
     *
     * @param cadres the roster's ids of the cadres; a cadre's number is its place in this list
     * @param targets the roster's ids of the households, groups and villages visited, likewise
     * @param cadre who visited, by number
     * @param target who was visited, by number
     * @param on when, in seconds since 1970-01-01T00:00:00Z
     * @throws IllegalArgumentException when the columns differ in length, or an id has a line's end in it
     */
    public VisitColumns(List<String> cadres, List<String> targets, int[] cadre, int[] target, long[] on) {
        this.cadres = lines(cadres, "cadres");
        this.targets = lines(targets, "targets");
        this.cadre = Objects.requireNonNull(cadre, "cadre");
        this.target = Objects.requireNonNull(target, "target");
        this.on = Objects.requireNonNull(on, "on");
        same(target.length, "target");
        same(on.length, "on");
    }

    /**
     * Says when the visits were entered.
     *
     * @param seconds one value a row, in the seconds of {@code on}; {@code null}: each as it happened
     * @return these columns
     */
    public VisitColumns entered(long[] seconds) {
        same(seconds == null ? cadre.length : seconds.length, "entered");
        entered = seconds;
        return this;
    }

    /**
     * Says where nobody met in person.
     *
     * @param flags one value a row, not 0 for a visit by telephone or message; {@code null}: all in person
     * @return these columns
     */
    public VisitColumns remote(byte[] flags) {
        same(flags == null ? cadre.length : flags.length, "remote");
        remote = flags;
        return this;
    }

    /**
     * Gives the visits their numbers, which are the evidence in the duties' rows.
     *
     * @param numbers one value a row; {@code null}: the row's number, from 0
     * @return these columns
     */
    public VisitColumns visit(long[] numbers) {
        same(numbers == null ? cadre.length : numbers.length, "visit");
        visit = numbers;
        return this;
    }

    private void same(int length, String column) {
        if (length != cadre.length) {
            throw new IllegalArgumentException(
                    column + " has " + length + " values, and cadre has " + cadre.length);
        }
    }

    private static byte[] lines(List<String> ids, String what) {
        StringBuilder text = new StringBuilder();
        for (String id : ids) {
            if (id.indexOf('\n') >= 0 || id.indexOf('\r') >= 0) {
                throw new IllegalArgumentException(what + " has an id with a line's end in it");
            }
            text.append(id).append('\n');
        }
        return Text.utf8(text.toString(), what);
    }

    /** The {@code wz_visits} of these columns, with all that it points to behind it. */
    Memory laidOut() {
        long rows = cadre.length;
        long columns = 2 * padded(4 * rows) + 3 * 8 * rows + padded(rows);
        Layout layout = new Layout(new Memory(8 * FIELDS + padded(cadres.length) + padded(targets.length) + columns));
        layout.number(rows);
        layout.text(cadres);
        layout.text(targets);
        layout.ints(cadre);
        layout.ints(target);
        layout.longs(on);
        layout.longs(entered);
        layout.bytes(remote);
        layout.longs(visit);
        return layout.memory;
    }

    /** Each column begins at a multiple of eight, whatever stands before it. */
    private static long padded(long bytes) {
        return (bytes + 7) / 8 * 8;
    }

    /** Fills the fields in the header's order, and what they point to behind them; {@code null} becomes NULL. */
    private static final class Layout {
        final Memory memory;
        private long field;
        private long free = 8 * FIELDS;

        Layout(Memory memory) {
            this.memory = memory;
        }

        void number(long value) {
            memory.setLong(field, value);
            field += 8;
        }

        /** Points the next field to room for so many bytes, and answers where it is. */
        private long room(long bytes) {
            long at = free;
            number(Pointer.nativeValue(memory) + at);
            free += padded(bytes);
            return at;
        }

        void text(byte[] lines) {
            bytes(lines);
            number(lines.length);
        }

        void bytes(byte[] values) {
            if (values == null) {
                number(0);
            } else {
                memory.write(room(values.length), values, 0, values.length);
            }
        }

        void ints(int[] values) {
            memory.write(room(4L * values.length), values, 0, values.length);
        }

        void longs(long[] values) {
            if (values == null) {
                number(0);
            } else {
                memory.write(room(8L * values.length), values, 0, values.length);
            }
        }
    }
}
