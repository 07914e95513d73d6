package wuzhang;

import com.sun.jna.Pointer;
import java.util.Objects;

/** What needs neither policy nor roster. */
public final class Wuzhang {
    private Wuzhang() {}

    /**
     * The version of the native library.
     *
     * @return such as {@code 0.1.0}
     * @throws LibraryException when the library cannot be used
     */
    public static String version() {
        Library.ensure();
        return new Pointer(Calls.wz_version()).getString(0, "UTF-8");
    }

    /**
     * Answers {@code version}, {@code presets}, {@code preset}, {@code codes}, {@code rules}, {@code explain},
     * {@code schema}, {@code schemas}, {@code verify} or {@code check}.
     *
     * @param request <code>{"op":…}</code> with the operation's fields
     * @return <code>{"ok":…}</code>
     * @throws InvalidException when the request is not as it should be
     * @throws LibraryException when the library cannot be used
     */
    public static String call(String request) {
        return call(Text.utf8(request, "request"));
    }

    /**
     * The same for a request that is made by {@link Request}.
     *
     * @param request the request
     * @return <code>{"ok":…}</code>
     */
    public static String call(Request request) {
        return call(request.toString());
    }

    /**
     * The same for a request that is UTF-8 already.
     *
     * @param request the request
     * @return <code>{"ok":…}</code>
     */
    public static String call(byte[] request) {
        Objects.requireNonNull(request, "request");
        Library.ensure();
        Scratch scratch = Scratch.borrow();
        try {
            return scratch.text(Calls.wz_call(request, request.length, scratch.out, scratch.error));
        } finally {
            scratch.giveBack();
        }
    }
}
