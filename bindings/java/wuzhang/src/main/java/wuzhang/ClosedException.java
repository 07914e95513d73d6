package wuzhang;

/** A {@link Policy}, {@link Engine} or {@link Book} was used after it was closed: a mistake of the program. */
public final class ClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    ClosedException(String message) {
        super(message);
    }
}
