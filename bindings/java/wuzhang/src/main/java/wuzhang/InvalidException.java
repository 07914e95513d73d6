package wuzhang;

import java.util.List;

/** A document, a request or a command is not as it should be; {@link #findings} say what is wrong and where. */
public final class InvalidException extends WuzhangException {
    private static final long serialVersionUID = 1;

    /** The error answer. */
    private final String json;

    InvalidException(String json) {
        super(Status.INVALID, summary(Finding.ofError(json)));
        this.json = json;
    }

    private static String summary(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "invalid";
        }
        int more = findings.size() - 1;
        return findings.get(0) + (more == 0 ? "" : " (and " + more + " more)");
    }

    /**
     * The error answer as the library gave it.
     *
     * @return <code>{"error":{"findings":[…]}}</code>
     */
    public String json() {
        return json;
    }

    @Override
    public List<Finding> findings() {
        return Finding.ofError(json);
    }
}
