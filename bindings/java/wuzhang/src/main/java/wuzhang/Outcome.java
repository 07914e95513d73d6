package wuzhang;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What became of a command: accepted with its events and warnings, or refused with every reason. */
public final class Outcome {
    private final boolean accepted;
    private final byte[] utf8;

    Outcome(boolean accepted, byte[] utf8) {
        this.accepted = accepted;
        this.utf8 = utf8;
    }

    /**
     * Whether the rules accept the command.
     *
     * @return false where they refuse it; then nothing has changed
     */
    public boolean accepted() {
        return accepted;
    }

    /**
     * The outcome as the library gave it.
     *
     * @return <code>{"command":…,"events":[…],"findings":[…],"status":…}</code>
     */
    public String json() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /**
     * The same as bytes, for those who send them on.
     *
     * @return the UTF-8 of {@link #json}
     */
    public byte[] utf8() {
        return utf8.clone();
    }

    /**
     * The reasons of a refusal, or the warnings of an accepted command.
     *
     * @return the findings
     */
    public List<Finding> findings() {
        return Finding.list(Json.object(Json.read(json())).get("findings"));
    }

    @Override
    public String toString() {
        return json();
    }
}
