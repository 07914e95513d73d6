package wuzhang;

/** Another thread uses the book at this moment. Nothing was done: let one thread at a time change a book. */
public final class BusyException extends WuzhangException {
    private static final long serialVersionUID = 1;

    BusyException(String message) {
        super(Status.BUSY, message);
    }
}
