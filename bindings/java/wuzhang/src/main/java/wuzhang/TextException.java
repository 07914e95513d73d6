package wuzhang;

/** Bytes that are not UTF-8, a string with half a surrogate pair, or a length that nothing can have. */
public final class TextException extends WuzhangException {
    private static final long serialVersionUID = 1;

    TextException(Status status, String message) {
        super(status, message);
    }
}
