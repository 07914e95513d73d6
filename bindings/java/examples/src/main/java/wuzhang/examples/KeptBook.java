package wuzhang.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import wuzhang.Book;
import wuzhang.Outcome;
import wuzhang.Policy;
import wuzhang.Request;

/**
 * A book and the file of its journal. Every method holds the book's lock, so any number of threads may call; a command is
 * answered when its events are on the disk.
 */
public final class KeptBook implements AutoCloseable {
    private final Book book;
    private final FileChannel file;
    /** The number of the first event that the file does not have. */
    private long next;

    private KeptBook(Book book, FileChannel file, long next) {
        this.book = book;
        this.file = file;
        this.next = next;
    }

    /**
     * Opens the book of a journal's file, which is made if there is none, and cuts off a torn end.
     *
     * @param policy a preset's name, or a document
     * @param roster the roster, a JSON document
     * @param journal the file
     * @return the book; close it
     * @throws IOException when the file cannot be read or written
     */
    public static KeptBook open(String policy, String roster, Path journal) throws IOException {
        FileChannel file = FileChannel.open(
                journal, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (Policy rules = Policy.of(policy)) {
            byte[] events = Files.readAllBytes(journal);
            Book book = Book.open(rules, roster, events);
            int kept = (int) (events.length - book.dropped());
            file.truncate(kept);
            file.position(kept);
            return new KeptBook(book, file, 1 + lines(events, kept));
        } catch (IOException | RuntimeException error) {
            file.close();
            throw error;
        }
    }

    /**
     * How many bytes of a torn end were cut off.
     *
     * @return mostly 0
     */
    public long dropped() {
        return book.dropped();
    }

    /**
     * Applies a command and keeps its events.
     *
     * @param command UTF-8
     * @return the outcome; if it was accepted, its events are on the disk
     * @throws IOException when they cannot be written. The book then knows more than the file, so it is closed; opening
     *     it anew takes up what the file has
     */
    public Outcome apply(byte[] command) throws IOException {
        synchronized (book) {
            Outcome outcome = book.apply(command);
            // None for a refused command, nor for one that was sent twice.
            byte[] events = book.journal(next);
            if (events.length > 0) {
                try {
                    for (ByteBuffer rest = ByteBuffer.wrap(events); rest.hasRemaining(); ) {
                        file.write(rest);
                    }
                    file.force(false);
                } catch (IOException error) {
                    book.close();
                    throw error;
                }
                next += lines(events, events.length);
            }
            return outcome;
        }
    }

    /**
     * Answers a request.
     *
     * @param request the request
     * @return the answer
     */
    public String call(Request request) {
        synchronized (book) {
            return book.call(request);
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (book) {
            book.close();
            file.close();
        }
    }

    private static long lines(byte[] text, int length) {
        long lines = 0;
        for (int at = 0; at < length; at++) {
            if (text[at] == '\n') {
                lines++;
            }
        }
        return lines;
    }
}
