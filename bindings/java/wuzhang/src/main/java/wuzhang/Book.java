package wuzhang;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * An engine with its journal. It remembers, so it also judges what one case cannot show, and answers ledgers, duties and
 * rates. One thread at a time may change it, and while none does any number may read: who comes at the wrong time gets a
 * {@link BusyException}. Nothing waits; programs with many threads synchronise on the book.
 *
 * <p>The journal is the book: after a command, ask for the lines that you do not have yet, append and sync them.
 */
public final class Book extends Handle {
    private final long dropped;

    private Book(long address, long dropped) {
        super(address, Calls::wz_book_free);
        this.dropped = dropped;
    }

    /**
     * A new book.
     *
     * @param policy the policy; it may be closed afterwards
     * @param roster the roster, a JSON document
     * @return the book; close it
     * @throws InvalidException with everything that is wrong with the roster
     * @throws ClosedException when the policy is closed
     */
    public static Book open(Policy policy, String roster) {
        return open(policy, roster, new byte[0]);
    }

    /**
     * The book of a journal, which is verified while every command is lived again. The end of a journal that was torn
     * while it was written is dropped: cut the file by {@link #dropped} bytes.
     *
     * @param policy the policy that the book was opened with
     * @param roster the roster that the book was opened with
     * @param journal the journal's bytes; none for a new book
     * @return the book; close it
     * @throws InvalidException with everything that is wrong with the roster, or where the journal does not fit
     * @throws ClosedException when the policy is closed
     */
    public static Book open(Policy policy, String roster, byte[] journal) {
        return open(policy, Text.utf8(roster, "roster"), journal);
    }

    /**
     * The same of a roster that is UTF-8 already.
     *
     * @param policy the policy
     * @param roster the roster
     * @param journal the journal's bytes; none for a new book
     * @return the book; close it
     */
    public static Book open(Policy policy, byte[] roster, byte[] journal) {
        Objects.requireNonNull(roster, "roster");
        Objects.requireNonNull(journal, "journal");
        Net rules = policy.enter();
        Scratch scratch = Scratch.borrow();
        try {
            long address = scratch.handle(Calls.wz_book_open(rules.address, roster, roster.length, journal,
                    journal.length, scratch.cell, scratch.number, scratch.error));
            return new Book(address, scratch.number());
        } finally {
            scratch.giveBack();
            rules.leave();
        }
    }

    /**
     * The book that a snapshot holds; policy and roster are in it.
     *
     * @param snapshot what {@link #snapshot} gave
     * @return the book; close it
     * @throws InvalidException when the bytes are no snapshot, or one of another format: open the journal instead
     */
    public static Book restore(byte[] snapshot) {
        Objects.requireNonNull(snapshot, "snapshot");
        Library.ensure();
        Scratch scratch = Scratch.borrow();
        try {
            return new Book(
                    scratch.handle(Calls.wz_book_restore(snapshot, snapshot.length, scratch.cell, scratch.error)), 0);
        } finally {
            scratch.giveBack();
        }
    }

    /**
     * How many bytes of a torn end were dropped when the journal was opened.
     *
     * @return mostly 0
     */
    public long dropped() {
        return dropped;
    }

    /**
     * Applies one command.
     *
     * @param command a JSON object
     * @return what became of it, accepted or refused
     * @throws InvalidException when the text is no JSON object with an {@code id}
     * @throws BusyException when another thread uses the book
     * @throws PoisonedException when an earlier defect interrupted a change
     * @throws ClosedException when the book is closed
     */
    public Outcome apply(String command) {
        return apply(Text.utf8(command, "command"));
    }

    /**
     * The same for a command that is UTF-8 already.
     *
     * @param command a JSON object
     * @return what became of it
     */
    public Outcome apply(byte[] command) {
        Objects.requireNonNull(command, "command");
        Net book = enter();
        Scratch scratch = Scratch.borrow();
        try {
            int status = Calls.wz_book_apply(book.address, command, command.length, scratch.out, scratch.error);
            boolean rejected = status == Status.REJECTED.number();
            return new Outcome(!rejected, rejected ? scratch.answer() : scratch.bytes(status));
        } finally {
            scratch.giveBack();
            book.leave();
        }
    }

    /**
     * Applies a block of commands, one a line; blank lines are passed over. It ends early at a line that is no command:
     * what stands before it is applied.
     *
     * @param lines the commands
     * @return the outcomes, and why it ended early if it did
     * @throws BusyException when another thread uses the book
     * @throws PoisonedException when an earlier defect interrupted a change
     * @throws ClosedException when the book is closed
     */
    public Block applyLines(String lines) {
        return applyLines(Text.utf8(lines, "block"));
    }

    /**
     * The same for lines that are UTF-8 already.
     *
     * @param lines the commands
     * @return the outcomes, and why it ended early if it did
     */
    public Block applyLines(byte[] lines) {
        Objects.requireNonNull(lines, "lines");
        Net book = enter();
        Scratch scratch = Scratch.borrow();
        try {
            int status = Calls.wz_book_apply_lines(book.address, lines, lines.length, scratch.out, scratch.error);
            if (status != Status.STOPPED.number()) {
                return new Block(scratch.text(status), null);
            }
            return new Block(new String(scratch.answer(), StandardCharsets.UTF_8),
                    new String(scratch.errorAnswer(), StandardCharsets.UTF_8));
        } finally {
            scratch.giveBack();
            book.leave();
        }
    }

    /**
     * Answers a request that changes nothing: {@code judge}, {@code duties}, {@code ledger}, {@code case}, {@code actions},
     * {@code agenda}, {@code publication}, {@code rates}, {@code advice}, {@code my_case}, {@code policy},
     * {@code roster}, {@code journal}, {@code status}.
     *
     * @param request <code>{"op":…}</code> with the operation's fields
     * @return <code>{"ok":…}</code>
     * @throws InvalidException when the request is not as it should be
     * @throws BusyException when another thread changes the book
     * @throws PoisonedException when an earlier defect interrupted a change
     * @throws ClosedException when the book is closed
     */
    public String call(String request) {
        return call(Text.utf8(request, "request"));
    }

    /**
     * The same for a request that is made by {@link Request}.
     *
     * @param request the request
     * @return <code>{"ok":…}</code>
     */
    public String call(Request request) {
        return call(request.toString());
    }

    /**
     * The same for a request that is UTF-8 already.
     *
     * @param request the request
     * @return <code>{"ok":…}</code>
     */
    public String call(byte[] request) {
        Objects.requireNonNull(request, "request");
        Net book = enter();
        Scratch scratch = Scratch.borrow();
        try {
            return scratch.text(
                    Calls.wz_book_call(book.address, request, request.length, scratch.out, scratch.error));
        } finally {
            scratch.giveBack();
            book.leave();
        }
    }

    /**
     * The journal's lines from an event on.
     *
     * @param from the event's number; 1 is the first
     * @return UTF-8, to be appended to the file as it is; none when there is no such event yet
     */
    public byte[] journal(long from) {
        Net book = enter();
        Scratch scratch = Scratch.borrow();
        try {
            return scratch.bytes(Calls.wz_book_journal(book.address, from, scratch.out));
        } finally {
            scratch.giveBack();
            book.leave();
        }
    }

    /**
     * The whole book as one block of bytes. It opens faster than the journal and is no substitute for it.
     *
     * @return the bytes for {@link #restore}
     */
    public byte[] snapshot() {
        Net book = enter();
        Scratch scratch = Scratch.borrow();
        try {
            return scratch.bytes(Calls.wz_book_snapshot(book.address, scratch.out));
        } finally {
            scratch.giveBack();
            book.leave();
        }
    }

    /**
     * Who owes what by when; {@link Request} adds {@code as_of}, {@code rule}, {@code state}, {@code subject} and
     * {@code viewer}.
     *
     * @param from the first day on which something is due
     * @param to the last such day
     * @return <code>{"ok":[…]}</code>
     */
    public String duties(String from, String to) {
        return call(Request.of("duties").with("from", from).with("to", to));
    }

    /**
     * A unit's ledger; {@link Request} adds {@code category}, {@code as_of} and {@code viewer}.
     *
     * @param unit the unit's id
     * @return <code>{"ok":…}</code>
     */
    public String ledger(String unit) {
        return call(Request.of("ledger").with("unit", unit));
    }

    /**
     * A case with its timeline; {@link Request} adds {@code as_of} and {@code viewer}.
     *
     * @param id the case's id
     * @return <code>{"ok":…}</code>
     */
    public String caseView(String id) {
        return call(Request.of("case").with("case", id));
    }

    /**
     * What somebody may do about a case now, and what stands against the rest.
     *
     * @param id the case's id
     * @param actor the person's id
     * @param at the instant
     * @return <code>{"ok":[…]}</code>
     */
    public String actions(String id, String actor, String at) {
        return call(Request.of("actions").with("case", id).with("actor", actor).with("at", at));
    }

    /**
     * What somebody has to do, as that person sees it; {@link Request} takes {@code at} and another {@code viewer}.
     *
     * @param person the person's id
     * @return <code>{"ok":…}</code>
     */
    public String agenda(String person) {
        return call(Request.of("agenda").with("person", person).with("viewer", person));
    }

    /**
     * What a unit publishes of a period.
     *
     * @param unit the unit's id
     * @param period such as {@code 2014-03}
     * @return <code>{"ok":…}</code>
     */
    public String publication(String unit, String period) {
        return call(Request.of("publication").with("unit", unit).with("period", period));
    }

    /**
     * The rates of a time; {@link Request} adds {@code unit} and {@code viewer}.
     *
     * @param from the first day
     * @param to the last day
     * @return <code>{"ok":…}</code>
     */
    public String rates(String from, String to) {
        return call(Request.of("rates").with("from", from).with("to", to));
    }

    /**
     * Material for a call-back sample, never a score.
     *
     * @param from the first day
     * @param to the last day
     * @return <code>{"ok":…}</code>
     */
    public String advice(String from, String to) {
        return call(Request.of("advice").with("from", from).with("to", to));
    }

    /**
     * Says what would come of a command, were it applied now: its outcome, without events. Nothing is kept.
     *
     * @param command a JSON object
     * @return <code>{"ok":…}</code>
     */
    public String judge(String command) {
        return call(Request.of("judge").withJson("command", command));
    }

    /**
     * The policy in force now: a document for {@link Policy}. {@link Request} takes {@code at}.
     *
     * @return <code>{"ok":…}</code>
     */
    public String policy() {
        return call(Request.of("policy"));
    }

    /**
     * The roster with all its changes, for the host alone: it names everybody. {@link Request} takes {@code at}.
     *
     * @return <code>{"ok":…}</code>
     */
    public String roster() {
        return call(Request.of("roster"));
    }

    /**
     * Shows a household its own case, nothing else.
     *
     * @param queryCode the code that it was given
     * @param secret the last four digits of its telephone or, where none was given, the householder's full name
     * @return <code>{"ok":…}</code>
     */
    public String myCase(String queryCode, String secret) {
        return call(Request.of("my_case").with("query_code", queryCode).with("secret", secret));
    }

    /**
     * How many events and cases there are, and the chain's head.
     *
     * @return <code>{"ok":…}</code>
     */
    public String status() {
        return call(Request.of("status"));
    }
}
