package wuzhang;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Where the library writes what it answers: two {@code wz_buffer}s, room for a handle, and a number. One call has one to
 * itself. They are kept for the next call and are as many as there ever were calls at one time. They hang on no thread,
 * so a web application that is taken down leaves nothing behind in the server's threads.
 */
final class Scratch {
    private static final ConcurrentLinkedQueue<Scratch> SPARE = new ConcurrentLinkedQueue<>();
    private static final int DATA = 0, LEN = 8, BUFFER = 24;
    private static final int OUT = 0, ERROR = BUFFER, CELL = 2 * BUFFER, NUMBER = CELL + 8, SIZE = NUMBER + 8;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());

    /** Addresses of the answer, of the error answer, of the room for a handle, and of the number. */
    final long out, error, cell, number;

    private Scratch() {
        long start = Pointer.nativeValue(Native.getDirectBufferPointer(memory));
        out = start + OUT;
        error = start + ERROR;
        cell = start + CELL;
        number = start + NUMBER;
    }

    static Scratch borrow() {
        Scratch spare = SPARE.poll();
        return spare == null ? new Scratch() : spare;
    }

    /** Frees what the library has answered, and ends the call. */
    void giveBack() {
        free(OUT, out);
        free(ERROR, error);
        SPARE.offer(this);
    }

    private void free(int buffer, long address) {
        if (memory.getLong(buffer + DATA) != 0) {
            Calls.wz_buffer_free(address);
        }
    }

    /** The handle that was made. */
    long handle(int status) {
        if (status != Status.OK.number()) {
            throw failure(status);
        }
        return memory.getLong(CELL);
    }

    /** Puts down a handle that is to be freed. */
    long holding(long handle) {
        memory.putLong(CELL, handle);
        return cell;
    }

    long number() {
        return memory.getLong(NUMBER);
    }

    /** The whole answer of a call that ended well. */
    byte[] bytes(int status) {
        if (status != Status.OK.number()) {
            throw failure(status);
        }
        return answer();
    }

    String text(int status) {
        return new String(bytes(status), StandardCharsets.UTF_8);
    }

    byte[] answer() {
        return copy(OUT);
    }

    byte[] errorAnswer() {
        return copy(ERROR);
    }

    private byte[] copy(int buffer) {
        long data = memory.getLong(buffer + DATA);
        long len = memory.getLong(buffer + LEN);
        if (len > Integer.MAX_VALUE - 8) {
            throw new WuzhangException(Status.LENGTH, "the answer has " + len + " bytes, more than a Java array can hold");
        }
        return data == 0 ? new byte[0] : new Pointer(data).getByteArray(0, (int) len);
    }

    /** The exception that a status stands for. */
    WuzhangException failure(int number) {
        Status status = Status.of(number);
        if (status == null) {
            return new WuzhangException(null, "the library answered the unknown status " + number);
        }
        switch (status) {
            case INVALID:
                return new InvalidException(new String(errorAnswer(), StandardCharsets.UTF_8));
            case UTF8:
            case LENGTH:
                return new TextException(status, words(number));
            case BUSY:
                return new BusyException(words(number));
            case PANIC:
                return new PanicException(words(number));
            case POISONED:
                return new PoisonedException(words(number));
            default:
                return new WuzhangException(status, words(number));
        }
    }

    private static String words(int status) {
        return new Pointer(Calls.wz_status_text(status)).getString(0, "UTF-8");
    }
}
