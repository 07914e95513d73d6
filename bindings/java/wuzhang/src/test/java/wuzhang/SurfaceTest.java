package wuzhang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What this face has to have: the header's functions and numbers, the table's codes, Java 8. */
class SurfaceTest {
    private static final String HEADER = Samples.read(Samples.ROOT.resolve("ffi/include/wuzhang.h"));
    private static final int JAVA_8 = 52;

    @Test
    void everyFunctionOfTheLibraryIsMapped() {
        TreeSet<String> exported = new TreeSet<>(
                Arrays.asList(Samples.read(Samples.ROOT.resolve("ffi/symbols.txt")).trim().split("\\s+")));
        TreeSet<String> mapped = new TreeSet<>();
        for (Method method : Calls.class.getDeclaredMethods()) {
            if (Modifier.isNative(method.getModifiers())) {
                mapped.add(method.getName());
            }
        }
        assertEquals(exported, mapped);
    }

    @Test
    void theAbiIsTheHeaders() {
        assertTrue(HEADER.contains("#define WZ_ABI " + Library.ABI + "\n"));
        assertEquals(System.getProperty("wuzhang.version"), Wuzhang.version());
    }

    @Test
    void statusesAreTheHeaders() {
        TreeMap<Integer, String> header = new TreeMap<>();
        Matcher line = Pattern.compile("WZ_STATUS_(\\w+) = (\\d+),").matcher(HEADER);
        while (line.find()) {
            header.put(Integer.valueOf(line.group(2)), line.group(1));
        }
        TreeMap<Integer, String> ours = new TreeMap<>();
        for (Status status : Status.values()) {
            ours.put(status.number(), status.name());
        }
        assertEquals(header, ours);
    }

    @Test
    void layoutOfTheColumnsIsTheHeaders() {
        Matcher struct = Pattern.compile("typedef struct wz_visits \\{(.*?)\\} wz_visits;", Pattern.DOTALL).matcher(HEADER);
        assertTrue(struct.find());
        List<String> fields = new ArrayList<>();
        Matcher field = Pattern.compile("\\b(\\w+);").matcher(struct.group(1).replaceAll("(?s)/\\*.*?\\*/", ""));
        while (field.find()) {
            fields.add(field.group(1));
        }
        assertEquals(Arrays.asList("count", "cadres", "cadres_len", "targets", "targets_len", "cadre", "target", "on",
                "entered", "remote", "visit"), fields);
    }

    /**
     * Code.java is what the library's table gives. Run with {@code -Dwuzhang.write=true} to write it anew after a code
     * was added.
     */
    @Test
    void codesAreTheLibrarys() throws IOException {
        Path file = Samples.ROOT.resolve("bindings/java/wuzhang/src/main/java/wuzhang/Code.java");
        List<?> words = Json.array(Json.object(Json.read(Wuzhang.call("{\"op\":\"codes\"}"))).get("ok"));
        String constants = words.stream().map(word -> {
            byte[] utf8 = Samples.utf8((String) word);
            String name = ((String) word).toUpperCase(java.util.Locale.ROOT).replace('.', '_');
            return "    /** {@code " + word + "}. */\n    " + name + "(\"" + word + "\", " + Calls.wz_code(utf8, utf8.length) + ")";
        }).collect(Collectors.joining(",\n"));
        String text = Samples.read(file);
        int begin = text.indexOf("public enum Code {\n") + "public enum Code {\n".length();
        String wanted = text.substring(0, begin) + constants + text.substring(text.indexOf(";\n\n    private static final Map"));
        if (Boolean.getBoolean("wuzhang.write")) {
            Files.write(file, Samples.utf8(wanted));
        }
        assertEquals(wanted, text);
        assertEquals(words.size(), Code.values().length);
        assertEquals(Code.PLAN_CAP, Code.of("plan.cap"));
    }

    /** Every class of ours and of what we need at run time loads in a Java 8. */
    @Test
    void classesAreOfJava8() throws IOException {
        int ours = 0;
        try (Stream<Path> files = Files.walk(Samples.BUILD.resolve("classes"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).collect(Collectors.toList())) {
                try (InputStream in = Files.newInputStream(file)) {
                    assertEquals(JAVA_8, version(in), file.toString());
                    ours++;
                }
            }
        }
        assertTrue(ours > 20, "only " + ours + " classes were seen");
        for (Class<?> needed : new Class<?>[] {com.sun.jna.Native.class, com.fasterxml.jackson.core.JsonFactory.class}) {
            assertTrue(oldEnough(needed) > 20);
        }
    }

    private static int oldEnough(Class<?> one) throws IOException {
        int seen = 0;
        try (JarFile jar = new JarFile(Paths.get(java.net.URI.create(
                one.getProtectionDomain().getCodeSource().getLocation().toString())).toFile())) {
            // What lies in META-INF is for newer machines, and older ones do not look at it.
            for (java.util.jar.JarEntry entry : java.util.Collections.list(jar.entries())) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.equals("module-info.class")) {
                    assertTrue(version(jar.getInputStream(entry)) <= JAVA_8, jar.getName() + ": " + name);
                    seen++;
                }
            }
        }
        return seen;
    }

    private static int version(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        assertEquals(0xCAFEBABE, data.readInt());
        data.readUnsignedShort();
        return data.readUnsignedShort();
    }
}
