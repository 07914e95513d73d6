package wuzhang;

import java.util.Objects;

/** The rules, read from a document. It may be closed as soon as engines and books were made of it. */
public final class Policy extends Handle {
    private Policy(long address) {
        super(address, Calls::wz_policy_free);
    }

    /**
     * Reads a policy.
     *
     * @param text a preset's name, such as {@code dayi-2014}, or a JSON document
     * @return the policy; close it
     * @throws InvalidException with everything that is wrong with the document
     * @throws LibraryException when the library cannot be used
     */
    public static Policy of(String text) {
        return of(Text.utf8(text, "policy"));
    }

    /**
     * The same of a text that is UTF-8 already.
     *
     * @param text a preset's name or a JSON document
     * @return the policy; close it
     */
    public static Policy of(byte[] text) {
        Objects.requireNonNull(text, "policy");
        Library.ensure();
        Scratch scratch = Scratch.borrow();
        try {
            return new Policy(scratch.handle(Calls.wz_policy_new(text, text.length, scratch.cell, scratch.error)));
        } finally {
            scratch.giveBack();
        }
    }
}
