package wuzhang;

import java.util.Collections;
import java.util.List;

/** What became of a block of commands. */
public final class Block {
    private final String outcomes;
    private final String stopped;

    Block(String outcomes, String stopped) {
        this.outcomes = outcomes;
        this.stopped = stopped;
    }

    /**
     * One outcome a line, each line with its end.
     *
     * @return the outcomes of the lines that were applied
     */
    public String outcomes() {
        return outcomes;
    }

    /**
     * Why the block ended early. What stands before that line is applied.
     *
     * @return <code>{"error":{"findings":[…]}}</code>, which names the line; {@code null} when every line was a command
     */
    public String stopped() {
        return stopped;
    }

    /**
     * The findings of {@link #stopped}.
     *
     * @return the findings; empty when every line was a command
     */
    public List<Finding> findings() {
        return stopped == null ? Collections.<Finding>emptyList() : Finding.ofError(stopped);
    }
}
