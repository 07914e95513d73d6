package wuzhang.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wuzhang.Request;
import wuzhang.Wuzhang;

/** The servlet in a real container, over loopback. */
class BookServletTest {
    @TempDir
    Path folder;

    private Server server;
    private Path journal;

    @BeforeEach
    void start() throws Exception {
        journal = folder.resolve("journal.jsonl");
        Texts.write(folder.resolve("roster.json"), Texts.roster());
        serve();
    }

    private void serve() throws Exception {
        server = new Server(new InetSocketAddress("127.0.0.1", 0));
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder(BookServlet.class);
        holder.setInitParameter("policy", "dayi-2014");
        holder.setInitParameter("roster", folder.resolve("roster.json").toString());
        holder.setInitParameter("journal", journal.toString());
        holder.setInitOrder(0);
        context.addServlet(holder, "/book");
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private static String visit(int number) {
        return "{\"id\":\"c" + number + "\",\"at\":\"2014-03-03T17:40:00+08:00\",\"actor\":\"k1\",\"do\":\"record_visit\",\"visit\":\"v"
                + number + "\",\"cadres\":[\"k1\"],\"target\":\"h1\",\"on\":\"2014-03-03T16:10:00+08:00\",\"diary\":\"巷道积水\"}";
    }

    private String ask(int wanted, String query, byte[] body) throws IOException {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        HttpURLConnection call = (HttpURLConnection) new URL("http://127.0.0.1:" + port + "/book" + query).openConnection();
        if (body != null) {
            call.setDoOutput(true);
            call.setRequestProperty("Content-Type", "application/json");
            call.getOutputStream().write(body);
        }
        assertEquals(wanted, call.getResponseCode());
        try (InputStream in = wanted < 400 ? call.getInputStream() : call.getErrorStream()) {
            return Texts.read(in);
        }
    }

    private String post(int wanted, String command) throws IOException {
        return ask(wanted, "", command.getBytes(StandardCharsets.UTF_8));
    }

    private void verified(int events) throws IOException {
        String said = Wuzhang.call(Request.of("verify").with("journal", Texts.read(journal)));
        assertTrue(said.startsWith("{\"ok\":{\"events\":" + events + ",") && said.contains("\"sound\":true"), said);
    }

    @Test
    void commandsAndDuties() throws Exception {
        String outcome = post(200, visit(1));
        assertTrue(outcome.contains("\"status\":\"accepted\""), outcome);
        assertEquals(outcome, post(200, visit(1)));
        verified(2);

        assertTrue(post(422, visit(2).replace("\"h1\"", "\"h9\"")).contains("household.unknown"));
        assertTrue(post(400, "no command").startsWith("{\"error\":{\"findings\":["));
        assertTrue(ask(400, "", new byte[] {'{', (byte) 0xff}).startsWith("{\"error\":{\"findings\":["));
        ask(413, "", new byte[(4 << 20) + 1]);
        verified(2);

        String duties = ask(200, "?from=2014-03-03&to=2014-03-09&rule=visit.village&subject=k1", null);
        assertTrue(duties.contains("\"state\":\"met\"") && duties.contains("\"evidence\":[\"v1\"]"), duties);
        assertTrue(ask(400, "?from=yesterday&to=2014-03-09", null).contains("\"path\":\"/from\""));
    }

    @Test
    void manyThreadsPost() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> posts = new ArrayList<>();
            for (int number = 0; number < 80; number++) {
                String command = visit(number);
                posts.add(threads.submit(() -> post(200, command)));
            }
            for (Future<String> one : posts) {
                assertTrue(one.get().contains("\"status\":\"accepted\""));
            }
        } finally {
            threads.shutdown();
        }
        verified(81);
    }

    /** The server went down while it wrote: the next one drops the torn line and goes on behind it. */
    @Test
    void aTornJournalIsTakenUp() throws Exception {
        post(200, visit(1));
        post(200, visit(2));
        server.stop();
        byte[] whole = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(whole, whole.length - 10));
        serve();
        verified(2);
        post(200, visit(2));
        assertEquals(new String(whole, StandardCharsets.UTF_8), Texts.read(journal));
    }
}
