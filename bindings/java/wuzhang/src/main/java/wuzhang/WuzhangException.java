package wuzhang;

import java.util.Collections;
import java.util.List;

/**
 * A call that the library did not do. Nothing has changed. What the rules refuse is not among these: that is an
 * {@link Outcome}.
 */
public class WuzhangException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The status, or null. */
    private final Status status;

    WuzhangException(Status status, String message) {
        this(status, message, null);
    }

    WuzhangException(Status status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /**
     * How the call ended.
     *
     * @return the status; {@code null} where the library was not reached, or answered one that this jar does not know
     */
    public Status status() {
        return status;
    }

    /**
     * What is wrong, and where.
     *
     * @return the findings; empty unless this is an {@link InvalidException}
     */
    public List<Finding> findings() {
        return Collections.emptyList();
    }
}
