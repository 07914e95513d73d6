package wuzhang;

/** The native library cannot be used: it is missing, it cannot be loaded, or it speaks another ABI. */
public final class LibraryException extends WuzhangException {
    private static final long serialVersionUID = 1;

    LibraryException(String message, Throwable cause) {
        super(null, message, cause);
    }
}
