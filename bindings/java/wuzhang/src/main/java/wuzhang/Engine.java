package wuzhang;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Objects;

/** Policy and roster: judges one case at a time and keeps nothing. Threads may share it. */
public final class Engine extends Handle {
    /**
     * An engine of a policy and a roster.
     *
     * @param policy the policy; it may be closed afterwards
     * @param roster the roster, a JSON document
     * @throws InvalidException with everything that is wrong with the roster
     * @throws ClosedException when the policy is closed
     */
    public Engine(Policy policy, String roster) {
        this(policy, Text.utf8(roster, "roster"));
    }

    /**
     * The same of a roster that is UTF-8 already.
     *
     * @param policy the policy
     * @param roster the roster
     */
    public Engine(Policy policy, byte[] roster) {
        super(make(policy, roster), Calls::wz_engine_free);
    }

    private static long make(Policy policy, byte[] roster) {
        Objects.requireNonNull(roster, "roster");
        Net rules = policy.enter();
        Scratch scratch = Scratch.borrow();
        try {
            return scratch.handle(
                    Calls.wz_engine_new(rules.address, roster, roster.length, scratch.cell, scratch.error));
        } finally {
            scratch.giveBack();
            rules.leave();
        }
    }

    /**
     * Answers {@code apply}, {@code actions} or {@code duties_of}: requests about one case, which is part of them.
     *
     * @param request <code>{"op":…}</code> with the operation's fields
     * @return <code>{"ok":…}</code>
     * @throws InvalidException when the request is not as it should be
     * @throws ClosedException when the engine is closed
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
        Net engine = enter();
        Scratch scratch = Scratch.borrow();
        try {
            return scratch.text(
                    Calls.wz_engine_call(engine.address, request, request.length, scratch.out, scratch.error));
        } finally {
            scratch.giveBack();
            engine.leave();
        }
    }

    /**
     * The quota duties of visits that stand in columns, as a database gives them: no command is written, nothing is kept.
     *
     * @param visits the columns
     * @param request <code>{"op":"visit_duties","from":…,"to":…,"as_of":…}</code>, with {@code rule}, {@code state} and
     *     {@code subject} if wanted
     * @return <code>{"ok":[…]}</code>, the rows of the duties for the rules {@code visit.*}
     * @throws InvalidException when request or columns are not as they should be
     * @throws ClosedException when the engine is closed
     */
    public String visitDuties(VisitColumns visits, String request) {
        return visitDuties(visits, Text.utf8(request, "request"));
    }

    /**
     * The same for a request that is made by {@link Request}.
     *
     * @param visits the columns
     * @param request the request
     * @return <code>{"ok":[…]}</code>
     */
    public String visitDuties(VisitColumns visits, Request request) {
        return visitDuties(visits, request.toString());
    }

    /**
     * The same for a request that is UTF-8 already.
     *
     * @param visits the columns
     * @param request the request
     * @return <code>{"ok":[…]}</code>
     */
    public String visitDuties(VisitColumns visits, byte[] request) {
        Objects.requireNonNull(request, "request");
        Net engine = enter();
        Scratch scratch = Scratch.borrow();
        try (Memory columns = visits.laidOut()) {
            return scratch.text(Calls.wz_engine_visit_duties(
                    engine.address, Pointer.nativeValue(columns), request, request.length, scratch.out, scratch.error));
        } finally {
            scratch.giveBack();
            engine.leave();
        }
    }
}
