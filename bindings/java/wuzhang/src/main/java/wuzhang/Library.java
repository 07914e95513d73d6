package wuzhang;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.File;
import java.io.IOException;

/** Finds the native library, looks at its ABI, and ties {@link Calls} to it; once in a process. */
final class Library {
    /** The ABI that {@link Calls} was written for: {@code WZ_ABI} of the header. */
    static final int ABI = 1;

    /** The system property that names the library's file. */
    static final String PROPERTY = "wuzhang.library";

    private static volatile boolean ready;

    private Library() {}

    /** Makes the functions callable, or says why they are not. Every try says it anew, in the same words. */
    static void ensure() {
        if (!ready) {
            load();
        }
    }

    private static synchronized void load() {
        if (ready) {
            return;
        }
        String named = System.getProperty(PROPERTY);
        File file = named == null ? fromJar() : named(named);
        NativeLibrary library;
        try {
            library = checked(file);
        } finally {
            if (named == null && isInJar()) {
                // Loaded or not, the unpacked copy is of no more use, and a process that is killed leaves none behind.
                file.delete();
            }
        }
        try {
            Native.register(Calls.class, library);
        } catch (UnsatisfiedLinkError error) {
            throw new LibraryException(library.getFile() + " lacks a function of wuzhang: " + error.getMessage(), error);
        }
        ready = true;
    }

    private static File named(String path) {
        File file = new File(path);
        if (!file.isFile()) {
            throw new LibraryException("the system property " + PROPERTY + " names " + path + ", and there is no such file", null);
        }
        return file;
    }

    private static String resource() {
        return "/" + Platform.RESOURCE_PREFIX + "/" + System.mapLibraryName("wuzhang");
    }

    /** Whether the library is packed, and not a file among files as while our own tests run. */
    private static boolean isInJar() {
        return !"file".equals(Library.class.getResource(resource()).getProtocol());
    }

    /** The library that travels with the classes, unpacked. */
    private static File fromJar() {
        if (Library.class.getResource(resource()) == null) {
            throw new LibraryException("wuzhang's jar has no library for this system (" + resource()
                    + "): name the file in the system property " + PROPERTY, null);
        }
        try {
            return Native.extractFromResourcePath(resource(), Library.class.getClassLoader());
        } catch (IOException error) {
            throw new LibraryException("wuzhang's library cannot be unpacked (" + error.getMessage()
                    + "): name a folder in jna.tmpdir, or the library's file in " + PROPERTY, error);
        }
    }

    /** The library of a file, if it is wuzhang's and speaks our ABI. */
    static NativeLibrary checked(File file) {
        if (Native.POINTER_SIZE != 8 || Native.SIZE_T_SIZE != 8) {
            throw new LibraryException("wuzhang for Java needs a 64-bit system", null);
        }
        NativeLibrary library;
        try {
            library = NativeLibrary.getInstance(file.getAbsolutePath());
        } catch (UnsatisfiedLinkError error) {
            throw new LibraryException(file + " cannot be loaded: " + error.getMessage(), error);
        }
        Function check;
        Function version;
        try {
            check = library.getFunction("wz_abi_check");
            version = library.getFunction("wz_version");
        } catch (UnsatisfiedLinkError error) {
            library.close();
            throw new LibraryException(file + " is not the wuzhang library: " + error.getMessage(), error);
        }
        if (check.invokeInt(new Object[] {ABI}) != Status.OK.number()) {
            Pointer text = version.invokePointer(new Object[0]);
            String said = text == null ? "of no version" : text.getString(0, "UTF-8");
            library.close();
            throw new LibraryException(file + " (wuzhang " + said + ") does not speak ABI " + ABI
                    + ", for which this jar was made: take the library and the jar of one release", null);
        }
        return library;
    }
}
